"""How well the right passage is found: `python -m eval.retrieval --data DATA`."""
