"""When a document is of, as far as a limit by day asks."""

from __future__ import annotations

import re
from datetime import date

from ..types import Metadata

Days = tuple[date, date]  # the first and the last day that something may be of

_NUMBER_YEAR = re.compile(r"[〔［【（\[(]\s*((?:19|20)\d{2})\s*[〕］】）\])]")  # 〔2023〕12号


def days_of(metadata: Metadata) -> Days | None:
    """Return the day of issue, else that of effect, else the year of the 文号; None where none is known."""
    if day := metadata.issued or metadata.effective:
        return day, day
    if number := _NUMBER_YEAR.search(metadata.document_number):
        year = int(number[1])
        return date(year, 1, 1), date(year, 12, 31)
    return None
