"""What the reader is told beside the answer: other names, other spellings, documents no longer in force."""
