"""Which documents are there, and which of them deal with a matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Answer, DocumentSummary, Filters, Hit, Plan
from ...zh import places
from ...zh.fold import fold
from ..choose.score import scored
from ..draft import Draft
from ..evidence.candidates import candidates
from ..evidence.terms import Term, coverage, match, terms_of
from ..refuse.gaps import refusal
from ..sources import Sources
from .reduce import reduced

# words of the frame that ask for documents and are no matter that one may deal with
_FRAME = frozenset(
    "知识库 资料库 文档库 语料库 数据库 库 库里 库中 系统 这里 收录 涉及 关于 有关 提到 提及 谈到 讲到 包含 "
    "政策 文件 文档 资料 材料 文章 内容 份 存 存了 可查 能查 写到 说到 "
    "手里 手头 哪份 哪篇 哪部 哪个 法规 规章 法律 有没有 相关 谈 谈了 谈及 提 部 讲 列 列出 给".split()
)
_COUNTED = re.compile(r"[份个篇部](?:文件|文档|资料|材料|文章|报告|政策)")  # of 哪份文件
# what the title of a document says of its sort: 哪些报告 asks for reports
_SORTS = ("报告", "条例", "办法", "通知", "方案", "规划", "意见", "规定")
_MOST = 30
_NAMED = 0.8  # of the words of the matter, by weight, by a title
_HITS = 200  # enough passages to meet every document of a few dozen that deals with a matter


def catalogue(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer:
    """Return the documents that deal with the matter asked for, each with the place that shows it."""
    sort = next((sort for sort in _SORTS if sort in plan.topic), "")
    skipped = _FRAME | {sort}
    known = (term for term in terms_of(plan) if not term.light and term.text not in skipped)
    terms = [term for term in known if not _COUNTED.fullmatch(term.text)]
    if not terms and not plan.regions:
        return all_documents(plan, sources, sort)
    draft = Draft(plan)
    lines = []
    more = sources.search(plan.topic or plan.resolved, Filters(document=plan.documents), _HITS)
    found = _one_each(plan, terms, [*hits, *more])
    for hit in _titled(terms, [hit for hit in found if sort in hit.passage.title] or found):
        best = scored(plan, candidates([hit], sources))
        if best:
            candidate = best[0].candidate
            text, span = reduced(candidate, terms)
            stated = draft.state(text, candidate.document, span.start, span.end)
            lines.append(f"- 《{candidate.document.title}》：{stated}")
    if not lines:
        return refusal(plan, [f"“{'、'.join(term.text for term in terms)}”"], hits)
    return draft.answer("\n".join([draft.say(f"有{len(lines)}份文件涉及："), *lines]))


def _titled(terms: Sequence[Term], found: Sequence[Hit]) -> list[Hit]:
    """Return `found`, those first whose title names the matter."""
    return sorted(found, key=lambda hit: coverage(terms, (fold(hit.passage.title), 1.0)) < _NAMED)


def all_documents(plan: Plan, sources: Sources, sort: str = "") -> Answer:
    """Return the list of all documents of a `sort` that the store holds."""
    draft = Draft(plan)
    every = sources.documents()
    documents = [document for document in every if sort in document.title] or every
    lines = [f"- 《{document.title}》{_of(document)}" for document in documents[:_MOST]]
    if len(documents) > _MOST:
        lines.append(f"- …（{len(documents) - _MOST}）")
    return draft.answer("\n".join([draft.say(f"已收录{len(documents)}份文件："), *lines]))


def _of(document: DocumentSummary) -> str:
    metadata = document.metadata
    known = [metadata.document_number, metadata.issued.isoformat() if metadata.issued else ""]
    shown = "，".join(one for one in known if one)
    return f"（{shown}）" if shown else ""


def _one_each(plan: Plan, terms: Sequence[Term], hits: Sequence[Hit]) -> list[Hit]:
    """Return the best hit of each document that holds every term of the matter.

    Articles of one law that were indexed as records of their own are one document here.
    """
    found: dict[str, Hit] = {}
    for hit in hits:
        passage = hit.passage
        text = fold(" ".join((passage.title, *passage.section, passage.text)))
        named = not plan.regions or any(
            places.contains(region, passage.region) or fold(places.short(region)) in text
            for region in plan.regions
        )
        if named and all(match(term, text) >= 0.5 for term in terms):
            found.setdefault(passage.title or passage.document, hit)
    return list(found.values())
