"""Questions made from what a document says, each with the span that a good answer quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..types import DAMAGE_MARK, Document
from ..zh.fold import converter
from ..zh.places import find, short
from ..zh.sentences import clauses, sentences

HEADING = range(5, 19)  # characters of a heading that makes a readable question
LEADING_SENTENCES = 400  # of one document that are looked at: a yearbook must not slow the start

# "<subject>达到<figure>": the subject asks for the figure
_FIGURE = re.compile(
    r"(?:^|[,，、：:])(?P<subject>(?:(?!是指)[\u4e00-\u9fff“”]){6,24}?)(?<!不得)(?<!不)"
    r"(?P<verb>(?:累计|累計)?(?:达到|達到|达|達|超过|超過|突破))"
    r"\d[\d.]*(?P<unit>%|(?:万|萬|亿|億)*(?:美元|元|家|个(?!月|工)|個(?!月|工)|项|項|人|名|件|座|亩|畝|吨|噸|所|台|臺|套|公里))"
)
# a subject that begins so leans on what stands before it
_LEANING = re.compile(
    r"其|并|並|且|而|和|与|與|及|等|的|了|也|又|将|將|使|让|讓|该|該|这|這|此|前|对|對|但|凡|各|有|力争|力爭|确保|確保|到|按|依|占|"
    r"或|造成|继续|繼續|情节|情節|逾期|拒|仍|尚|如|因|由|同时|同時|致|未|经|經|已|不|没|沒|本|符合"
)
# a heading that begins so says what is done, not what there is
_DONE = re.compile(
    r"以(?!上|下|及|外|内)|从|把|用|靠|围绕|依托|通过|面向|加[快强大]|推[动进行广]|强化|完善|培育|发展|促进|提[升高]|优化|深化|健全|"
    r"构建|建[设立]|打造|坚持|落实|支持|扩大|实[施行现]|开[展辟]|聚焦|聚力|抓[好住]|做[强优大好]|壮大|激发|释放|营造|夯实|厚植"
)
# a heading that ends so names what is written under it; one that names a thing does not
_NAMES_MATTER = re.compile(
    r"(?:情况|方式|流程|程序|步骤|办法|方法|做法|措施|举措|对策|要求|安排|路径|任务|目标|责任|分工|条件|标准|范围|职责|原则|机制|"
    r"体系|政策|保障|内容|重点|来源|材料|规定|权利|义务|待遇|成效|问题|挑战|经验|启示|监管|管理|处罚)$"
)
_LABEL = re.compile(r"^[\s(（]*[第]?[一二三四五六七八九十百千零〇\d]+[、.．)）章节節条條]*\s*")
# "本办法所称<term>，是指": what the document itself explains
_DEFINED = re.compile(r"(?:所称|所稱)(?:的)?(?P<term>[\u4e00-\u9fff]{2,12}?)[,，]?(?:是)?指")
# "<subject>应当具备下列<noun>：": a list that follows
_LISTED = re.compile(
    r"^(?P<subject>[\u4e00-\u9fff]{3,16}?)(?<![时時后後前中])的?[,，]?"
    r"(?P<verb>(?:应当|應當|必须|必須|需要)(?!按|依)[\u4e00-\u9fff]{1,5}?)"
    r"(?:下列|以下)(?P<noun>[\u4e00-\u9fff]{2,4})[：:]"
)
# "<body>负责<matter>": who does it
_CHARGED = re.compile(
    r"^[\u4e00-\u9fff]{4,20}?(?P<verb>负责|負責|主管(?!部|机|機|单|單))"
    r"(?P<matter>(?:(?!负责|負責|主管|部门|部門)[\u4e00-\u9fff、]){5,24}工作)[。；;]"
)
# "<deed>的，由…处…罚款": what follows from it
_PUNISHED = re.compile(
    r"(?:^|(?:规定|規定)[,，])(?P<deed>(?:(?!前[两兩]?款|所得|不足|以上|以下)[\u4e00-\u9fff]){6,22}?)(?<!之一)的[,，](?=[^。；;]*(?:罚款|罰款|吊销|吊銷|没收|沒收|警告))"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question made from a span of a document; a good answer quotes that span."""

    question: str
    document: str
    start: int
    end: int


def figures(document: Document) -> Iterator[Candidate]:
    """Yield questions for the figures of a document."""
    for span in clauses(document.text)[:LEADING_SENTENCES]:
        clause = document.text[span.start : span.end]
        match = _FIGURE.search(clause)
        if not match or DAMAGE_MARK in clause or _LEANING.match(match["subject"]):
            continue
        start, end = span.start + match.start("subject"), span.start + match.end()
        unit = "" if match["unit"] == "%" else match["unit"]
        asked = f"{_place(document, start, match['subject'])}{match['subject']}{match['verb']}多少{unit}？"
        yield Candidate(_simplified(asked), document.id, start, end)


def headings(document: Document) -> Iterator[Candidate]:
    """Yield questions for what stands under the headings of a document."""
    for section in document.sections:
        heading = _LABEL.sub("", section.heading).strip("。.：: ")
        if len(heading) not in HEADING or re.search(r"[。；;,，:：?？□]", heading):
            continue
        asked = _asked_of(_simplified(heading))
        if asked:
            yield Candidate(asked, document.id, section.start, section.end)


def _asked_of(heading: str) -> str:
    """Return the question that a heading answers, empty where it names a thing and asks nothing."""
    if re.search(r"哪些|如何|怎样|怎么|什么", heading):
        return f"{heading}？"
    names_matter = _NAMES_MATTER.search(heading)
    if _DONE.match(heading) and not (names_matter and "的" in heading):
        return f"怎样{heading}？"
    return f"{heading}有哪些内容？" if names_matter else ""


def definitions(document: Document) -> Iterator[Candidate]:
    """Yield questions for the terms that a document explains."""
    yield from _of_sentences(document, _DEFINED, lambda found: f"什么是{found['term']}？")


def lists(document: Document) -> Iterator[Candidate]:
    """Yield questions for the lists that a sentence leads in."""
    yield from _of_sentences(
        document, _LISTED, lambda found: f"{found['subject']}{found['verb']}哪些{found['noun']}？", "subject"
    )


def duties(document: Document) -> Iterator[Candidate]:
    """Yield questions for who is in charge."""
    yield from _of_sentences(
        document, _CHARGED, lambda found: f"{found['matter']}由谁{found['verb']}？", "matter"
    )


def penalties(document: Document) -> Iterator[Candidate]:
    """Yield questions for what follows from a deed."""
    yield from _of_sentences(document, _PUNISHED, lambda found: f"{found['deed']}会受到什么处罚？", "deed")


FORMS: tuple[Callable[[Document], Iterator[Candidate]], ...] = (
    figures,
    headings,
    definitions,
    lists,
    duties,
    penalties,
)


def _of_sentences(
    document: Document,
    pattern: re.Pattern[str],
    asked: Callable[[re.Match[str]], str],
    independent: str = "",
) -> Iterator[Candidate]:
    """Yield a question for each sentence that has the pattern; the group `independent` must not lean."""
    for span in sentences(document.text)[:LEADING_SENTENCES]:
        sentence = document.text[span.start : span.end]
        found = pattern.search(sentence)
        if not found or DAMAGE_MARK in sentence or (independent and _LEANING.match(found[independent])):
            continue
        start, end = span.start + found.start(), max(span.start + found.end(), span.end)
        yield Candidate(_simplified(asked(found)), document.id, start, end)


def _place(document: Document, offset: int, subject: str) -> str:
    """Return whose figure it is, where a section about a region does not say it in every sentence."""
    region = document.section_at(offset).region or document.metadata.region
    if not region or find(subject):
        return ""
    return short(region) if subject.startswith("全") else f"{short(region)}的"


def _simplified(question: str) -> str:
    """Return a question in the script of the page, whatever the document's."""
    simplified: str = converter("tw2s").convert(question)
    return simplified
