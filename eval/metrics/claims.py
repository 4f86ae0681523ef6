"""Cut an answer into claims with their citation markers, and judge whether a citation carries one.

The cut is made on the Markdown that the reader sees, not on what the system says its statements are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.zh.fold import fold

from ..reply import Cited, Reply
from .text import canonical, figures, strip_markers

_MARKERS = re.compile(r"[\[【［](\d{1,3}(?:[,，、]\s*\d{1,3})*)[\]】］](?!\()")
_SENTENCE = re.compile(r".+?(?:[。！？!?]+[”’」』）)]*(?:\s*[\[【［]\d[\d,，、\s]*[\]】］])*|$)")
_BULLET = re.compile(r"^(?:[-*+•]\s+|\d{1,2}[.)、．](?!\d)\s*|#+\s*|>\s*)+")
# a sentence about the search itself: nothing in a document can carry it
_ABOUT_SEARCH = re.compile(
    r"(?:未|没有|无法|不能)(?:能)?(?:在.{0,12})?(?:检索|查|找|载|提|给出|说明|记录|涉及|发现|恢复|辨认|还原|确定|确认)"
    r"|(?:原文|此处|来源|文件|资料|文本|该处).{0,16}(?:缺|残|受损|损坏|破损|脱漏)|未检索到依据|没有符合|与.{0,6}不一致|以下为|共.{1,4}处来源"
)
_NOT_FOUND = re.compile(r"未检索到|未找到|没有检索到|没有找到|没有符合")
_VERDICT = re.compile(r"(?:是|是的|不是|否|有|没有|对|不对)?")  # what a yes or no stands on follows it
# Shares of the claim's character bigrams that its cited spans must hold. Set on the damage table of
# the `dev` questions: a true reduction keeps every bigram but those at its seams, an invented or
# moved sentence of the same field shares less than a half.
COVERAGE = 0.6


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, list item or table cell of an answer, with the citations set beside it."""

    text: str
    citations: tuple[int, ...]


def markers(text: str) -> tuple[int, ...]:
    """Return the citation numbers in `text`, in order, each once."""
    numbers = [int(n) for match in _MARKERS.finditer(text) for n in re.findall(r"\d+", match.group(1))]
    return tuple(dict.fromkeys(numbers))


def claims(answer: str) -> list[Claim]:
    """Return the claims of a Markdown answer.

    Headings, lead-ins that end in a colon, table headers and sentences about the search itself
    claim nothing.
    """
    found: list[Claim] = []
    lines = answer.splitlines()
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if line.lstrip().startswith("|"):
            if not _is_rule(line) and not _is_rule(following):
                found += _cells(line)
        elif not line.lstrip().startswith("#"):
            found += _sentences(line)
    return found


def _is_rule(line: str) -> bool:
    return bool(re.fullmatch(r"\s*\|?[\s:|-]*-[\s:|-]*", line))


def _cells(line: str) -> list[Claim]:
    """Return a claim per cell that states something; a cell without markers has those of its row."""
    label, *cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return [
        Claim(f"{plain(label)} {plain(cell)}", markers(cell) or markers(line))
        for cell in cells
        if (markers(cell) or re.search(r"\d", plain(cell))) and not _ABOUT_SEARCH.search(fold(cell))
    ]


def _sentences(line: str) -> list[Claim]:
    """Return a claim per stretch of a sentence up to its markers."""
    found = []
    for match in _SENTENCE.finditer(_BULLET.sub("", line.strip())):
        for piece in _pieces(match.group()):
            text = plain(piece)
            frame = text.rstrip().endswith((":", "：")) and not markers(piece)
            if frame or _VERDICT.fullmatch(canonical(text)) or _ABOUT_SEARCH.search(fold(text)):
                continue
            found.append(Claim(text, markers(piece)))
    return found


def _pieces(sentence: str) -> list[str]:
    """Cut a sentence after each run of markers; what follows the last belongs to it."""
    ends = [match.end() for match in _MARKERS.finditer(sentence)]
    cuts = [end for end, following in pairwise(ends) if plain(sentence[end:following])]
    bounds = [0, *cuts, len(sentence)]
    return [sentence[start:end] for start, end in pairwise(bounds)]


def stated(answer: str) -> str:
    """Return what an answer states, as the reader sees it: without the lines that name what is missing."""
    lines = []
    for line in answer.splitlines():
        if line.lstrip().startswith("|"):
            cells = [plain(cell) for cell in line.strip().strip("|").split("|")]
            line = " ".join(cells) if not any(_NOT_FOUND.search(fold(cell)) for cell in cells[1:2]) else ""
        lines.append("" if _NOT_FOUND.search(fold(line)) else plain(line))
    return "\n".join(filter(None, lines))


def plain(text: str) -> str:
    """Return Markdown `text` as the reader sees it, without markers."""
    without = _MARKERS.sub("", strip_markers(text))
    return re.sub(r"\*\*|__|`|~~", "", _BULLET.sub("", without)).strip()


def carried(claim: Claim, cited: Sequence[Cited]) -> str:
    """Return why the cited spans do not carry `claim`, or an empty string where they do.

    Figures and dates must stand in a quote or its sentence; the words may also stand in the title
    and the headings above it.
    """
    if not cited:
        return "no citation"
    spans = " ".join(f"{c.quote}。{c.context}" for c in cited)
    absent = figures(claim.text) - figures(spans)
    around = spans + " ".join(f"{c.title} {' '.join(c.section)} {c.region}" for c in cited)
    absent = {figure for figure in absent if figure not in canonical(around)}
    if absent:
        return "figures not in the cited span: " + " ".join(sorted(absent))
    lost = missing_places(claim.text, around)
    if lost:
        return "places not in the cited span: " + " ".join(lost)
    if coverage(claim.text, around) < COVERAGE:
        return f"the cited span holds only {coverage(claim.text, around):.0%} of the words"
    return ""


def coverage(text: str, evidence: str) -> float:
    """Return the share of the character bigrams of `text` that stand in `evidence`."""
    wanted = bigrams(text)
    return len(wanted & bigrams(evidence)) / len(wanted) if wanted else 1.0


def bigrams(text: str) -> set[str]:
    """Return the Han character bigrams of `text`, figures left out."""
    runs = re.findall(r"[㐀-鿿]{2,}", canonical(text))
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


def missing_places(text: str, evidence: str) -> list[str]:
    """Return the places that `text` names and `evidence` does not."""
    from assistant.zh.places import find, short

    folded = fold(evidence)
    lost = []
    for place in find(text):
        name = text[place.start : place.end]
        if fold(name) not in folded and fold(short(place.region)) not in folded:
            lost.append(name)
    return lost


def cited_by(claim: Claim, reply: Reply) -> list[Cited]:
    """Return the citations that `claim` names and the reply has."""
    return [citation for citation in reply.citations if citation.n in claim.citations]
