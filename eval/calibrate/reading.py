"""Reading comprehension as an outside check: is the answer inside the extractive answer.


`python -m eval.calibrate.reading --data DATA`
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import tempfile
import time
from pathlib import Path
from statistics import median

from assistant.types import Status
from assistant.zh.fold import fold

_SETS = ("cmrc2018_dev", "drcd_dev")


def main() -> None:
    """Index every paragraph of a set, ask its questions, print the shares."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate.reading", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the reading sets")
    parser.add_argument("--questions", type=int, default=500, help="how many of each set")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    print("set             questions  answer inside  refused  answered without  median characters  median ms")
    for name in _SETS:
        with tempfile.TemporaryDirectory() as folder:
            _check(options.data / f"{name}.jsonl.xz", options.questions, options.seed, Path(folder))


def _check(path: Path, count: int, seed: int, folder: Path) -> None:
    from assistant import Assistant

    with lzma.open(path, "rt", encoding="utf-8") as lines:
        paragraphs = [json.loads(line) for line in lines]
    records = [{"id": p["id"], "title": p["title"], "text": p["context"]} for p in paragraphs]
    listed = folder / "paragraphs.jsonl"
    listed.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    assistant = Assistant.open(folder / "store")
    assistant.index([listed])
    asked = [(q["question"], q["answers"]) for paragraph in paragraphs for q in paragraph["questions"]]
    asked = random.Random(seed).sample(asked, min(count, len(asked)))
    inside = refused = 0
    lengths, seconds = [], []
    for question, accepted in asked:
        begun = time.process_time()
        answer = assistant.ask(question)
        seconds.append(time.process_time() - begun)
        refused += answer.status is Status.REFUSED
        if answer.status is not Status.REFUSED:
            said = _plain(re.sub(r"\[\d+\]", "", answer.text))
            inside += any(_plain(text) in said for text in accepted)
            lengths.append(len(answer.text))
    assistant.close()
    total = len(asked)
    print(
        f"{path.name.split('.')[0]:15s} {total:9d} {inside / total:14.1%} {refused / total:8.1%} "
        f"{(total - inside - refused) / total:17.1%} {median(lengths):18.0f} {median(seconds) * 1000:10.0f}"
    )


def _plain(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


if __name__ == "__main__":
    main()
