"""Train the bundled embedding model: `python -m assistant.learn.train_embedding DATA FOLDER`."""

from __future__ import annotations

import argparse
from pathlib import Path
from time import perf_counter

from .folder import save_static
from .static import Recipe, train
from .texts import read_texts
from .views import tokenize_texts
from .vocabulary import count_words, make_tokenizer

PIECES = 40_000  # with 256 dimensions in float16 the folder stays under 24 MB


def main(arguments: list[str] | None = None) -> None:
    """Read the texts of DATA, train, and write the model into FOLDER."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of texts, see `texts.py`")
    parser.add_argument("folder", type=Path, help="where the model is written")
    parser.add_argument("--pieces", type=int, default=PIECES, help="pieces of the tokenizer")
    options = parser.parse_args(arguments)
    started = perf_counter()
    texts = list(read_texts(options.data))
    # a paragraph with three questions is counted once
    counts = count_words(text.question or f"{text.title}\n{text.body}" for text in texts)
    tokenizer = make_tokenizer(counts, options.pieces)
    token_texts = tokenize_texts(texts, tokenizer)
    print(f"{len(texts):,} texts, {len(token_texts.tokens):,} tokens: {perf_counter() - started:.0f} s")
    vectors = train(token_texts, tokenizer.get_vocab_size(), Recipe())
    save_static(options.folder, tokenizer, vectors)
    print(f"trained and saved: {perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
