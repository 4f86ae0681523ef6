"""How well the verifier tells true statements from corrupted ones: `python -m eval.verify --help`."""
