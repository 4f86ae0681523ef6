"""What the index promises, measured: it survives killed runs. Its speed: `python -m eval.bench`."""
