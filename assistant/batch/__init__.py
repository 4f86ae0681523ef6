"""A file of questions in, a file of cited answers out."""

from .run import run_batch

__all__ = ["run_batch"]
