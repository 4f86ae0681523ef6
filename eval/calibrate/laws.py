"""Laypeople's questions about laws, with the clauses of the articles that answer them."""

from __future__ import annotations

import json
import lzma
import random
from collections import Counter, defaultdict
from pathlib import Path

from assistant.zh.sentences import clauses

from ..gold_laws.documents import TITLES
from .cases import Case, plain

_LEAST_ASKED = 5  # laws that fewer questions are about would fill the store and teach little
_MOST_OF_A_LAW = 100  # more than half of all questions are about one law
_SHORTEST = 6  # characters of a clause that can be told from others
_AS_GOOD = 0.8  # clauses that share nearly as much with the lawyer's answer as the best one


def laws(data: Path, chance: random.Random) -> tuple[list[dict[str, str]], list[Case]]:
    """Return laws as records, and the cases of real questions about them.

    No law is among them that the gold questions are about. Which clause of an article answers is told by the
    lawyer's answer: the one that shares most pairs of characters with it; of the others that is not known.
    """
    kept_out = set(TITLES.read_text(encoding="utf-8").split())
    with lzma.open(data / "law_articles.jsonl.xz", "rt", encoding="utf-8") as lines:
        articles = {article["id"]: article for article in map(json.loads, lines)}
    asked = [
        json.loads(line)
        for line in (data / "law_questions_train.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    chance.shuffle(asked)
    asked_of = {one["id"]: {articles[id]["title"] for id in one["gold"]} for one in asked}
    counts = Counter(title for titles in asked_of.values() for title in titles)
    titles = {title for title, count in counts.items() if count >= _LEAST_ASKED} - kept_out
    taken: Counter[str] = Counter()
    cases = []
    for one in asked:
        of = asked_of[one["id"]]
        if not isinstance(one["answer"], str):  # a few have none
            continue
        if not of <= titles or any(taken[title] >= _MOST_OF_A_LAW for title in of):
            continue
        taken.update(of)
        cases.append(_case(one["question"], one["answer"], [articles[id]["text"] for id in one["gold"]]))
    texts = defaultdict(list)
    for article in articles.values():
        if article["title"] in titles:
            texts[article["title"]].append(f"{article['section']} {article['text']}")
    records = [{"id": title, "title": title, "text": "\n".join(texts[title])} for title in sorted(texts)]
    return records, cases


def _case(question: str, answer: str, articles: list[str]) -> Case:
    said = _pairs(answer)
    told = [plain(text[start:end]) for text in articles for start, end in clauses(text)]
    told = [clause for clause in told if len(clause) >= _SHORTEST]
    shared = {clause: len(_pairs(clause) & said) / len(clause) ** 0.5 for clause in told}
    least = _AS_GOOD * max(shared.values(), default=0.0)
    best = tuple(clause for clause in told if shared[clause] >= least)
    return Case(question, True, "law", tuple(told), evidence=best)


def _pairs(text: str) -> set[str]:
    text = plain(text)
    return {text[at : at + 2] for at in range(len(text) - 1)}
