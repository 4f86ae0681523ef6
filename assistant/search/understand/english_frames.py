"""The frame of an English question: what it asks for, by its grammar, and how Chinese asks the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

_AUX = (
    r"(?:did|does|do|has|have|had|will|would|is|are|was|were|should|shall|must|can|could|may|be|been|being)"
)
_GROUPS = {
    "provinces": "省份",
    "province": "省",
    "cities": "城市",
    "city": "城市",
    "counties": "县",
    "county": "县",
    "regions": "地区",
    "region": "地区",
    "places": "地区",
}
_TIMES = {
    "years": "年",
    "months": "个月",
    "weeks": "周",
    "working days": "个工作日",
    "days": "天",
    "hours": "小时",
}
_GROUP = f"(?:{'|'.join(_GROUPS)})"
_MOST = {
    r"highest|largest|biggest|greatest|most|fastest|top": "最高",
    r"lowest|smallest|fewest|least|slowest|bottom": "最低",
}
_WHEN = r"(?:when|(?:what|which) (?:year|date|month|day|time))"
_RISES, _FALLS = "grow|rise|increase|expand|improve", "fall|drop|decline|decrease|shrink"
_CHANGES = f"{_RISES}|{_FALLS}"
# nouns that a figure answers
_MEASURES = (
    "prices?|rates?|output|numbers?|amounts?|turnover|size|ratio|length|area|population|income|revenue|budget|values?|"
    "volume|scale|density|intensity|capacity|wage|salary|mileage|gap|subsidy|investment|target|cost|limit|index|"
    "ages?|ceiling|threshold|fees?|quota|duration|growth|increase|decrease|share|proportion|percentage|level|standard|total|sum|gdp"
)
_SUPERLATIVE = "|".join(_MOST)
_PLURAL = re.compile(r"(?:[^s]s|ies|people|criteria)$")


class Frame(NamedTuple):
    """The parts of a question that name things, still in English, and how to write it in Chinese."""

    parts: tuple[str, ...]
    write: Callable[[str, Sequence[str]], str]  # from the places and years, and the parts in Chinese
    figure: bool = False  # whether a figure is asked for


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    template: Callable[[re.Match[str]], str]


def _rule(pattern: str, template: str | Callable[[re.Match[str]], str]) -> _Rule:
    return _Rule(re.compile(pattern), template if callable(template) else lambda _: template)


def _group(match: re.Match[str]) -> str:
    return _GROUPS[match["group"]]


def _extreme(match: re.Match[str]) -> str:
    return next(chinese for words, chinese in _MOST.items() if re.search(rf"\b(?:{words})\b", match.group()))


def _change(match: re.Match[str]) -> str:
    return "下降" if re.search(rf"\b(?:{_FALLS})\b", match.group()) else "增长"


def _one_or_several(singular: str) -> Callable[[re.Match[str]], str]:
    """Return the template of a list where several are asked for, else that of one, `singular`."""

    def template(match: re.Match[str]) -> str:
        if "be" in match.re.groupindex:
            several = match["be"] in ("are", "were")
        else:
            several = bool(_PLURAL.search(match["a"].split(" of ")[0].strip()))
        return "{0}{b}{a}有哪些" if several else singular

    return template


_which = _one_or_several("{0}{b}是哪个{a}")
_what = _one_or_several("{0}{b}{a}是什么")


# In order: the first that matches. {0} stands for places and years, {a} and {b} for the named parts.
_RULES = (
    _rule(
        rf"(?P<b>.*?)\bhow many (?P<group>{_GROUP})\b(?P<a>.*)", lambda m: f"{{0}}有几个{_group(m)}{{b}}{{a}}"
    ),
    _rule(
        rf"(?P<b>.*?)\b(?:which|what) (?P<group>{_GROUP})\b(?P<a>.*\b(?:{_SUPERLATIVE})\b.*)",
        lambda m: f"{{0}}哪个{_group(m)}{{b}}{{a}}{_extreme(m)}",
    ),
    _rule(
        rf"\b(?:rank|order|sort)(?:ed|ing)? (?:all )?(?:the )?(?P<group>{_GROUP})"
        r"(?: by| according to)?(?P<a>.*)",
        lambda m: f"{{0}}各{_group(m)}{{a}}从高到低排列",
    ),
    _rule(
        r"(?P<a>.*?)\b(?:of|in|for|among|across) (?:each|all|every|the (?:different|various))"
        rf"(?: of)?(?: the)? (?P<group>{_GROUP})\b(?P<b>.*)",
        lambda m: (
            f"{{0}}各{_group(m)}{{b}}{{a}}{'是多少' if re.search('how (?:many|much)', m['a']) else '是什么'}"
        ),
    ),
    _rule(
        r"\b(?:which|what) (?P<group>(?:provinces|cities|counties|regions|places))\b(?P<a>.*)",
        lambda m: f"{{0}}哪些{_group(m)}{{a}}",
    ),
    _rule(
        r"\b(?:compare|contrast|(?:what (?:is|are) )?the differences? (?:between|in))\b(?P<a>.*)",
        "比较{0}的{a}",
    ),
    _rule(
        r"\b(?:by )?(?:what|how much) percent(?:age)?(?! of)\b(?P<a>.*)",
        "{0}{a}百分之几",
    ),
    _rule(
        r"(?P<b>.*?)\b(?:what|which) (?:is |was )?(?:the )?(?:percentage|share|proportion) of\b(?P<a>.*)",
        "{0}{b}{a}占比是多少",
    ),
    _rule(rf"(?P<b>.*?)\bhow many people\b(?: {_AUX}\b)*(?P<a>.*)", "{0}{b}{a}有多少人"),
    _rule(
        rf"(?P<c>.*?)\bhow many (?P<unit>{'|'.join(_TIMES)})\b(?: of\b)?(?P<a>.*?)(?:\b{_AUX}\b(?P<b>.*)|$)",
        lambda m: f"{{0}}{{c}}{{b}}{{a}}要多少{_TIMES[m['unit']]}",
    ),
    _rule(
        rf"(?P<b>.*?)\b(?:how|where)\b(?: {_AUX}\b)*(?P<a>.*?)\brank(?:s|ed)?\b(?P<c>.*)",
        "{0}{c}{b}{a}排第几",
    ),
    _rule(
        rf"(?P<b>.*?)\bhow (?:fast|quickly|much)\b(?: {_AUX}\b)*(?P<a>.*?)\b(?:{_CHANGES})\b(?P<c>.*)",
        lambda m: f"{{0}}{{c}}{{b}}{{a}}{_change(m)}多少",
    ),
    _rule(
        r"(?P<b>.*?)\bhow (?:long\b(?! (?:is|are|was|were) the\b)|soon\b|early\b|often\b)"
        rf"(?: {_AUX}\b)*(?P<a>.*)",
        "{0}{b}{a}要多长时间",
    ),
    _rule(
        rf"(?P<c>.*?)\bhow (?:many|much)\b(?P<a>.*?)\b{_AUX}\b(?P<b>.*)",
        "{0}{c}{b}{a}有多少",
    ),
    _rule(r"(?P<b>.*?)\bhow (?:many|much)\b(?P<a>.*)", "{0}{b}{a}有多少"),
    _rule(
        rf"(?P<b>.*?)\bhow (?:large|big|high|long|old|far|fast|wide|deep|heavy)\b(?: {_AUX})*(?P<a>.*)",
        "{0}{b}{a}是多少",
    ),
    _rule(
        rf"\bsince {_WHEN}\b(?: {_AUX}\b)*(?P<a>.*)",
        "{0}从什么时候开始{a}",
    ),
    _rule(
        rf"\b(?:until|till|by|before) {_WHEN}\b(?: {_AUX}\b)*(?P<a>.*)",
        "{0}{a}到什么时候",
    ),
    _rule(
        rf"(?P<b>.*?)\b(?:in |on )?{_WHEN} (?!(?:is|are|was|were)\b){_AUX}\b(?P<a>.*)",
        "{0}{b}什么时候{a}",
    ),
    _rule(
        rf"(?P<b>.*?)\b(?:when(?= {_AUX}\b)|(?:what|which) (?:year|date|month|day|time))\b"
        rf"(?: {_AUX}\b)*(?P<a>.*)",
        "{0}{b}{a}是什么时候",
    ),
    _rule(rf"(?P<b>.*?)\b(?:who|whom|by whom)\b(?: {_AUX}\b)*(?P<a>.*)", "{0}{b}{a}是谁"),
    _rule(
        r"(?P<b>.*?)\b(?:what|which|list|name)\b(?:[ \w]*?) "
        r"(?:categories|category|types?|kinds?|classes) of\b(?P<a>.*)",
        "{0}{b}{a}分为哪几类",
    ),
    _rule(r"(?P<b>.*?)\bwhere\b(?P<a>.*)", "{0}{b}{a}在哪里"),
    _rule(r"(?P<b>.*?)\bwhy\b(?P<a>.*)", "{0}{b}为什么{a}"),
    _rule(r"\b(?:main |key |major )?(?:contents?|structure|outline) of\b(?P<a>.*)", "{0}{a}的主要内容是什么"),
    _rule(
        r"\bwhat (?:does|do|is|are)\b(?P<a>.*?)\b(?:mean|stand for|meant by)\b(?P<b>.*)",
        "什么是{0}{a}{b}",
    ),
    _rule(r"\b(?:define|definition of)\b(?P<a>.*)", "什么是{0}{a}"),
    _rule(r"\b(?:list|name|enumerate)\b(?P<a>.*)", "{0}{a}有哪些"),
    _rule(
        rf"(?P<b>.*?)\bon what (?P<a>[^,]*?)\b{_AUX}\b(?P<c>.*)",
        "{0}{b}{c}{a}是什么",
    ),
    _rule(rf"(?P<c>.*?)\bwhich (?P<a>[^,]*?)\b{_AUX}\b(?P<b>.*)", _which),
    _rule(r"(?P<c>.*?)\bwhich (?P<a>\w+)\b(?P<b>.*)", _which),
    _rule(
        rf"(?P<b>.*?)\bwhat (?:is|was|are|were) (?P<a>[^,]*?\b(?:{_MEASURES})\b"
        r"(?: (?:of|in|for|by|under|set)\b.*|$))",
        "{0}{b}{a}是多少",
    ),
    _rule(rf"(?P<b>.*?)\bwhat (?:level|figure)s? {_AUX}\b(?P<a>.*)", "{0}{b}{a}多少"),
    _rule(rf"(?P<c>.*?)\bwhat (?P<a>(?:\w+ )?(?:{_MEASURES}))\b {_AUX}\b(?P<b>.*)", "{0}{c}{b}{a}是多少"),
    _rule(r"\bwhat (?P<be>is|was|are|were)\b(?P<a>.*)", _what),
    _rule(rf"(?P<c>.*?)\bwhat (?P<a>[^,]+?)\b{_AUX}\b(?P<b>.*)", _what),
    _rule(r"(?P<c>.*?)\bwhat (?P<a>(?:\w+ ){0,2}?\w*[^s]s)\b(?P<b>.*)", "{0}{c}{b}{a}有哪些"),
    _rule(r"(?P<b>.*?)\bwhat\b(?P<a>.*)", "{0}{b}{a}是什么"),
    _rule(rf"(?P<b>.*?)\bhow {_AUX}\b(?P<a>.*)", "{0}{b}如何{a}"),
    _rule(r"(?P<b>.*?)\bhow\b(?P<a>.*)", "{0}{b}如何{a}"),
    _rule(rf"^{_AUX}\b(?P<a>.*)", "{0}{a}吗"),
)


def framed(text: str) -> Frame:
    """Return the frame of the English question `text`, in small letters."""
    for rule in _RULES:
        if match := rule.pattern.search(text):
            names = [name for name in ("a", "b", "c") if name in match.re.groupindex]
            template = rule.template(match)
            figure = bool(re.search(r"多少|几(?!类)|最", template))
            return Frame(tuple(match[name] or "" for name in names), _writer(template, names), figure)
    return Frame((text,), _writer("{0}{a}", ["a"]))


def _writer(template: str, names: Sequence[str]) -> Callable[[str, Sequence[str]], str]:
    def write(where: str, parts: Sequence[str]) -> str:
        filled = dict(zip(names, parts, strict=True))
        return template.format(where, **{name: filled.get(name, "") for name in ("a", "b", "c")})

    return write
