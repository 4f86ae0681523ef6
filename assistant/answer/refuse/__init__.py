"""What the documents do not say: decided, and named."""
