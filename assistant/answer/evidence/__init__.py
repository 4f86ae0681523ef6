"""What may answer: the sentences and clauses found, and how far they hold the words of a question."""
