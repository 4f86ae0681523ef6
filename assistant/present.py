"""The JSON forms of answers, hits and documents, for every surface alike."""

from __future__ import annotations

from typing import Any

from .types import Answer, Citation, Document, DocumentSummary, Hit, Repair, Status


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return the contract's JSON object of an answer."""
    return {
        "id": answer.id,
        "question": answer.question,
        "resolved": answer.resolved,
        "status": answer.status.value,
        "mode": answer.mode,
        "answer": answer.text,
        "statements": [
            {
                "text": statement.text,
                "citations": list(statement.citations),
                "supported": statement.supported,
                **({"reason": statement.reason} if statement.reason else {}),
            }
            for statement in answer.statements
        ],
        "citations": [citation_json(citation) for citation in answer.citations],
        "related": [hit_json(hit) for hit in answer.related],
        "notices": list(answer.notices),
        "seconds": round(answer.seconds, 4),
        "error": answer.error or None,
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """Return the contract's JSON object of a citation."""
    return {
        "n": citation.n,
        "document": citation.document,
        "title": citation.title,
        "section": list(citation.section),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "context": citation.context,
        "original": citation.original,
        "page": citation.page or None,
        "region": citation.region or None,
        "date": citation.date.isoformat() if citation.date else None,
        "damaged": citation.damaged,
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """Return the contract's JSON object of a hit."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "document": passage.document,
        "title": passage.title,
        "section": list(passage.section),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "region": passage.region or None,
        "date": passage.issued.isoformat() if passage.issued else None,
    }


def document_json(document: Document | DocumentSummary) -> dict[str, Any]:
    """Return the JSON object of a document's catalogue entry, without its text."""
    metadata = document.metadata
    return {
        "id": document.id,
        "title": document.title,
        "document_number": metadata.document_number or None,
        "issuer": metadata.issuer or None,
        "issued": metadata.issued.isoformat() if metadata.issued else None,
        "effective": metadata.effective.isoformat() if metadata.effective else None,
        "expires": metadata.expires.isoformat() if metadata.expires else None,
        "region": metadata.region or None,
        "kind": metadata.kind or None,
        "source": metadata.source or None,
        "validity": metadata.validity or None,
        "found_in": dict(metadata.found_in),
        "path": document.path,
        "names": list(document.names),
        "notices": list(document.notices),
    }


def repair_json(repair: Repair) -> dict[str, Any]:
    """Return the JSON object of a repair."""
    return {
        "start": repair.start,
        "end": repair.end,
        "before": repair.before,
        "after": repair.after,
        "kind": repair.kind,
        "reason": repair.reason,
    }


def error_json(question: str, message: str, *, id: str = "") -> dict[str, Any]:
    """Return the answer object of a question that failed."""
    return answer_json(Answer(question, Status.ERROR, "", error=message, id=id))
