"""How fast and how big: `python -m eval.bench`."""
