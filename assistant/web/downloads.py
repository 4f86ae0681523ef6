"""Files made for one user and fetched once, by an address that nobody can guess."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from secrets import token_urlsafe
from threading import Lock

KEPT = 64  # files that wait to be fetched; the page fetches one within a second


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be fetched."""

    name: str
    kind: str  # its media type
    content: bytes
    owner: str = ""  # the user who may fetch it; whoever knows the address where users have no names


class Downloads:
    """The files that wait; all in memory."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, Download] = OrderedDict()
        self._lock = Lock()

    def add(self, download: Download) -> str:
        """Keep a file and return the word it is fetched by."""
        word = token_urlsafe(24)
        with self._lock:
            self._files[word] = download
            while len(self._files) > KEPT:
                self._files.popitem(last=False)
        return word

    def take(self, word: str, who: str) -> Download | None:
        """Return the file of `word` to its owner once, None ever after and to anybody else."""
        with self._lock:
            file = self._files.get(word)
            if file is None or file.owner not in ("", who):
                return None
            return self._files.pop(word)
