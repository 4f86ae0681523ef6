"""Tell the reader which of the documents that an answer stands on are no longer in force."""

from __future__ import annotations

from ...types import Answer, Document, Plan
from ...zh.fold import to_traditional
from ..sources import Sources

_ENDED = frozenset({"已废止", "已失效", "已修订"})
_MOST = 3  # documents named; beyond them their number is told


def no_longer_in_force(plan: Plan, answer: Answer, sources: Sources) -> list[str]:
    """Return a notice that names the cited documents that are repealed, expired or revised, if any are."""
    cited = dict.fromkeys(citation.document for citation in answer.citations)
    documents = [sources.document(id) for id in cited]
    ended = [_told(document) for document in documents if document.metadata.validity in _ENDED]
    if not ended:
        return []
    more = f"等{len(ended)}份文件" if len(ended) > _MOST else ""
    notice = f"请注意文件效力：{'，'.join(ended[:_MOST])}{more}。"
    return [to_traditional(notice) if plan.traditional else notice]


def _told(document: Document) -> str:
    known = document.metadata
    until = f"（有效期至{known.expires:%Y-%m-%d}）" if known.validity == "已失效" and known.expires else ""
    return f"《{document.title}》{known.validity}{until}"
