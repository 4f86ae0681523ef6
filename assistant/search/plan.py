"""A question becomes a plan: what is asked, of which regions, years and documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..types import Answer, Kind, Plan
from ..zh import places
from ..zh.dates import years
from ..zh.fold import fold, is_traditional
from ..zh.periods import asked_apart
from ..zh.street import formal_words, joined
from ..zh.tokens import cut
from .known import Known, plain
from .understand.english import carried_over, is_english, leaning
from .understand.frame import asked_unit, kind_of, strip_frame
from .understand.glossary import expansions, told
from .understand.guard import not_a_question
from .understand.history import resolve
from .understand.parts import parts_of
from .understand.spelling import corrected

_TITLE = re.compile(r"《([^《》]{2,80})》")
_NUMBER = re.compile(r"[㐀-鿿]{1,12}?\[\d{4}\]\s*(?:第)?\d{1,4}号")
_HEADED = re.compile(r"[省市县区镇州]长(?![江城株期远途大])")  # 山东省长 is the 省长 of 山东
_COUNTY = 3  # levels of a county's path
_BETWEEN = re.compile(r"^\s*(?:(?:以及|[和与跟及同])(?:\s+|(?=的)))+")
_LIKELIEST = 2  # formal words of one of everyday talk to search for; the later ones fit fewer questions
_ARTICLE = re.compile(
    r"第[零〇一二三四五六七八九十百千两\d]+[编章节条款项]|第[一二三四五六七八九十\d]+(?:点|部分|个?方面)"
)


def make_plan(question: str, history: Sequence[tuple[str, Answer]] = (), known: Known | None = None) -> Plan:
    """Return what `question` asks, with what it inherits from `history`.

    `known` tells which titles, 文号 and regions the store holds; without it nothing is resolved.
    """
    known = known or Known()
    asked = question.strip()
    other = not_a_question(fold(asked))
    if other is not None:
        return Plan(asked, asked, other, traditional=is_traditional(asked), told_in_english=is_english(asked))
    leans = leaning(asked, known.regions, known.texts) if history else ""
    # an English question that does not only name something else has a matter of its own
    resolved = asked if is_english(asked) and not leans else resolve(leans or asked, history)
    notices: tuple[str, ...] = ()
    meanings: tuple[tuple[str, str], ...] = ()
    english = is_english(resolved)
    if english:
        resolved, meanings = carried_over(resolved, known.regions, known.texts)
    else:
        resolved, corrections = corrected(resolved, known.regions, known.writes)
        notices = tuple(f"“{one.written}”按“{one.meant}”理解。" for one in corrections)
    folded = fold(resolved)
    titles = tuple(dict.fromkeys(_TITLE.findall(resolved)))
    numbers = tuple(dict.fromkeys(_NUMBER.findall(folded)))
    regions, spans = _regions(resolved, known)
    asked_years = tuple(dict.fromkeys(year.year for year in years(resolved)))
    kind = _widened(kind_of(folded), folded, regions, asked_years, titles)
    return Plan(
        question=asked,
        resolved=resolved,
        kind=kind,
        topic=_topic(folded, spans, kind),
        regions=regions,
        at_home=known.only_about(regions),
        years=asked_years,
        titles=titles,
        document_numbers=numbers,
        articles=tuple(dict.fromkeys(_ARTICLE.findall(folded))),
        documents=_documents(resolved, titles, numbers, known),
        unit=asked_unit(folded),
        expansions=(*meanings, *expansions(folded, known.names)),
        told=told(folded, known.names),
        formal=_formal(folded),
        notices=notices,
        traditional=is_traditional(asked),
        english=english,
        told_in_english=is_english(asked),
        parts=() if meanings else _parts(asked, resolved, known),
    )


def _parts(question: str, resolved: str, known: Known) -> tuple[Plan, ...]:
    """Return the plans of the parts of a question, none where it asks for one thing."""
    plans = (make_plan(part, (), known) for part in parts_of(resolved))
    return tuple(replace(plan, question=question, traditional=is_traditional(question)) for plan in plans)


def _regions(text: str, known: Known) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    """Return the regions of `text` and their spans.

    The short name of a county that the store does not hold may be part of another name (环太湖): it
    stays in the topic, where the documents must have it word for word.
    """
    titles = [match.span() for match in _TITLE.finditer(text)]
    found = [
        place
        for place in places.find(text)
        # a place in the name of a document says which document, not which place
        if not any(start < place.start < end for start, end in titles)
        and (
            not known.regions
            or place.region in known.regions
            or len(places.levels(place.region)) < _COUNTY
            or place.end - place.start > len(places.short(place.region))
        )
    ]
    return tuple(dict.fromkeys(place.region for place in found)), [
        (place.start, place.end - bool(_HEADED.match(text, place.end - 1))) for place in found
    ]


def _topic(folded: str, spans: Sequence[tuple[int, int]], kind: Kind) -> str:
    """Return what is asked about: the question without regions, years and frame."""
    cut = [*spans, *((year.start, year.end + folded.startswith("度", year.end)) for year in years(folded))]
    cut += [match.span() for match in _ARTICLE.finditer(folded)]
    kept = "".join(
        " " if any(start <= index < end for start, end in cut) else character
        for index, character in enumerate(folded)
    )
    # 山东和浙江的目标 leaves 和 between two places cut out
    return _BETWEEN.sub("", strip_frame(kept, kind)).strip(" 的,、")


def _documents(text: str, titles: Sequence[str], numbers: Sequence[str], known: Known) -> tuple[str, ...]:
    found = [id for title in titles for id in known.named(title)]
    found += [id for number in numbers for id in known.numbers.get(plain(number), ())]
    return tuple(dict.fromkeys(found or known.mentioned(text)))


def _formal(folded: str) -> tuple[str, ...]:
    """Return what policy says for the words of everyday talk in a question."""
    words = joined(cut(folded))
    return tuple(dict.fromkeys(formal for word in words for formal in formal_words(word)[:_LIKELIEST]))


_COMPARES = re.compile(
    r"比较|对比|相比|比(?![例重率值如上去])|区别|不同|差异|差距|差别|异同|分别|各自|各(?:是|有|为)|谁|哪个|哪一个|孰|vs|versus|和|与|跟|、"
)

_ASKS = re.compile(r"多少|几(?!乎)|什么|谁|哪")


def _widened(
    kind: Kind, folded: str, regions: Sequence[str], asked_years: Sequence[int], titles: Sequence[str]
) -> Kind:
    """Return COMPARISON where a question sets named regions, periods or documents side by side."""
    if kind in (Kind.CATALOGUE, Kind.RANKING, Kind.DEFINITION, Kind.YES_NO, Kind.ACROSS):
        return kind
    if kind is Kind.FIGURE and asked_apart(folded):
        return Kind.COMPARISON
    if len(regions) > 1 and (_COMPARES.search(folded) or len(_ASKS.findall(folded)) > 1):
        return Kind.COMPARISON
    beside = re.search(r"比较|对比|相比|比一比|区别|差异|分别|各自|变化", folded)
    return Kind.COMPARISON if beside and (len(asked_years) > 1 or len(titles) > 1) else kind
