"""Imported once by the server that indexing runs are forked from, so that no kill is spent on imports."""

from __future__ import annotations

import chromadb
import tantivy

from assistant.zh.tokens import tokenize

__all__ = ["chromadb", "tantivy"]

tokenize("粮食生产")
