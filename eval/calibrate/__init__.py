"""Where the line between answering and refusing lies: `python -m eval.calibrate --help`."""
