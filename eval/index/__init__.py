"""What the index promises, measured: survival of killed runs, and speed over a large corpus."""
