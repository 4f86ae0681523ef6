"""Whether a statement is carried by what it cites: an independent reading of both."""
