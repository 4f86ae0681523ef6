"""Write the laws of `documents.txt` as text files: `python -m eval.gold_laws.documents DATA FOLDER`.

DATA holds `law_articles.jsonl.xz`, one article a line in no order; each law becomes
`FOLDER/TITLE.txt`, its articles in order, to be given to `python -m eval` as the corpus.
"""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path

from eval.metrics.text import han_number

TITLES = Path(__file__).with_name("documents.txt")


def write(data: Path, folder: Path, listed: Path = TITLES) -> None:
    """Write each law of the data that `listed` names into the folder.

    Raises ValueError naming the laws that the data do not hold.
    """
    laws: dict[str, dict[int, str]] = {title: {} for title in listed.read_text(encoding="utf-8").split()}
    with lzma.open(data / "law_articles.jsonl.xz", "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            if article["title"] in laws:
                number = int(han_number(article["section"].strip("第条")))
                laws[article["title"]][number] = f"{article['section']} {article['text']}"
    absent = [title for title, articles in laws.items() if not articles]
    if absent:
        raise ValueError(f"{data} holds no article of {', '.join(absent)}.")
    folder.mkdir(parents=True, exist_ok=True)
    for title, articles in laws.items():
        text = "\n".join([title, *(articles[number] for number in sorted(articles))])
        (folder / f"{title}.txt").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
