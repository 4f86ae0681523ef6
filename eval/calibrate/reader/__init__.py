"""Learn the reader: a network that reads a question and a statement together."""
