"""Find the documents that a document repeals: 本办法自…起施行,《X》(文号)同时废止."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ..types import Repeal
from ..zh.fold import fold
from ..zh.numbering import to_int

_LONGEST = 5_000  # characters of a sentence that lists what it repeals: some eighty titles
_MOST = 500  # such sentences in one document; more are no document but an attack
_TITLE = r"《(?:[^《》\n]|《[^《》\n]*》)+》"
_NUMBER = r"[一-鿿]{1,12}(?:\([一-鿿]{1,2}\)[一-鿿]{1,6})?[\[(](?:19|20)\d{2}[\])]\s?第?\d{1,4}号"
_QUOTED = r"“[^“”\n]{4,80}”"  # Taiwan names a document in 「」
_TARGET = re.compile(
    rf"(?P<title>{_TITLE}|{_QUOTED})(?:\s*\((?P<note>(?:[^()\n]|\([^()\n]*\)){{0,80}})\))?|(?P<number>{_NUMBER})"
)
_IN_NOTE = re.compile(_NUMBER)
_YEAR = re.compile(r"((?:19|20)\d{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2})年")

_BEHIND = re.compile(r"(?:同时|一并|即行|即时|予以|随之|自行|相应|日起|即|均)废止")
_AHEAD = re.compile(r"(?:决定|关于|宣布|现|^[^\n]{0,6}[、.)]\s?|^)废止(?=[^。;,\n《]{0,60}《)", re.M)
_LISTED = re.compile(r"(?:下列|以下)[^。;\n]{0,30}废止\s*:\s*\n")
_LISTED_LINE = re.compile(rf"[^《\n]{{0,30}}(?:{_TITLE})[^\n]*(?:\n|$)")

_IN_FORCE = re.compile(r"起\s*(?:正式)?(?:施行|实施|执行|生效)")  # what is named before takes effect
# a title in such words is a reason, or only a part of what it names goes
_REASON = re.compile(r"规定|要求|精神|依据|根据|按照|授权|不一致|抵触|为准|修改|修订|不再")
_PART = re.compile(r"(?:中|里|内)?(?:的|有关|关于|相关|第|部分)[^,、]*(?:[条款项章节]|规定|内容|部分|事项)")
_DRAFT = re.compile(r"征求意见|草案|送审稿")


def repeals(text: str, title: str) -> tuple[Repeal, ...]:
    """Return what the document with this text and title repeals, each once; a draft repeals nothing."""
    if ("废止" not in text and "廢止" not in text) or _DRAFT.search(fold(title)):
        return ()
    return tuple(dict.fromkeys(_Reader(text).found()))


class _Reader:
    """A text beside its folded form, which is as long."""

    def __init__(self, text: str) -> None:
        self._text, self._folded = text, fold(text)

    def found(self) -> Iterator[Repeal]:
        for match in islice(_BEHIND.finditer(self._folded), _MOST):
            yield from self._before(self._sentence_start(match.start()), match.start())
        for match in islice(_AHEAD.finditer(self._folded), _MOST):
            yield from self._after(match.end())
        for match in islice(_LISTED.finditer(self._folded), _MOST):
            yield from self._listed(match.end())

    def _sentence_start(self, place: int) -> int:
        earliest = max(0, place - _LONGEST)
        start = max(earliest, *(self._folded.rfind(stop, earliest, place) + 1 for stop in "。;\n"))
        in_force = [match.end() for match in _IN_FORCE.finditer(self._folded, start, place)]
        return in_force[-1] if in_force else start

    def _before(self, start: int, end: int) -> Iterator[Repeal]:
        """Yield the targets from `start` to `end`, back to the first that is there for a reason."""
        targets = list(_TARGET.finditer(self._folded, start, end))
        found: list[Repeal] = []
        following = end
        for index in range(len(targets) - 1, -1, -1):
            target = targets[index]
            between = self._folded[target.end() : following]
            part = _PART.match(between)
            if not part and _REASON.search(between):
                break
            first = targets[index - 1].end() if index else start
            if not part:
                found.append(self._repeal(target, self._folded[first : target.start()]))
            following = target.start()
        yield from reversed(found)

    def _after(self, start: int) -> Iterator[Repeal]:
        """Yield the targets that follow each other from `start` on."""
        stop = re.compile(r"[。;\n]").search(self._folded, start)
        end = min(stop.start() if stop else len(self._folded), start + _LONGEST)
        place = start
        for target in _TARGET.finditer(self._folded, start, end):
            between = self._folded[place : target.start()]
            if _REASON.search(between):
                return
            if not _PART.match(self._folded, target.end(), end) or self._names_itself(target.end()):
                yield self._repeal(target, between)
            place = target.end()

    def _names_itself(self, place: int) -> bool:
        # 关于废止《X》的决定: no part of X
        return bool(re.compile(r"等?[^,。;\n]{0,12}的(?:决定|通知|公告|命令|令)").match(self._folded, place))

    def _listed(self, start: int) -> Iterator[Repeal]:
        while line := _LISTED_LINE.match(self._folded, start):
            target = _TARGET.search(self._folded, start, line.end())
            if target:
                yield self._repeal(target, self._folded[start : target.start()])
            start = line.end()

    def _repeal(self, target: re.Match[str], before: str) -> Repeal:
        """Return what `target` names; `before` are the words that say of whom and when it is."""
        if target["number"]:
            return Repeal(document_number=self._text[target.start() : target.end()])
        note = target["note"] or ""
        number = _IN_NOTE.search(note)
        at = target.start("note")
        years = {_to_year(year) for year in _YEAR.findall(f"{before} {note}")}
        return Repeal(
            self._text[target.start("title") + 1 : target.end("title") - 1],
            self._text[at + number.start() : at + number.end()] if number else "",
            tuple(sorted(years)),
        )


def _to_year(digits: str) -> int:
    return int(digits) if digits.isdigit() and digits.isascii() else to_int(digits)
