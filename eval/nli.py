"""A local model of natural language inference: do the cited spans entail each claim.

Any sequence classification model in a folder will do whose labels name entailment, such as a Chinese
model trained on OCNLI. It reads the claims as the other metrics cut them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .metrics.claims import cited_by, claims
from .questions import Question
from .reply import Reply
from .systems import System

_LONGEST = 512  # tokens that such models read


class Entailed:
    """A system whose claims are held against their citations by a model of inference."""

    def __init__(self, system: System, folder: Path) -> None:
        """Judge the answers of `system` with the model in `folder`.

        Raises ValueError where none of its labels names entailment, OSError where it cannot be read.
        """
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        self.name = system.name
        self._system, self._folder = system, folder
        self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._model = AutoModelForSequenceClassification.from_pretrained(folder, local_files_only=True).eval()
        labels = {index: name.lower() for index, name in self._model.config.id2label.items()}
        named = [index for index, name in labels.items() if "entail" in name and "not" not in name]
        if not named:
            raise ValueError(f"The model in {folder} has no label that names entailment: {labels}.")
        self._entailment = named[0]

    def settings(self) -> Mapping[str, Any]:
        """Return the system's settings and the model's name."""
        return {**self._system.settings(), "nli": self._folder.name}

    def reply(self, question: Question) -> dict[str, Any]:
        """Return the system's answer; its `verdicts` tell which share of the claims is entailed."""
        record = self._system.reply(question)
        reply = Reply.from_record(record)
        said = [claim for claim in claims(reply.answer) if claim.citations] if reply.spoken else []
        if not said:
            return record
        lost = []
        for claim in said:
            spans = " ".join(citation.context or citation.quote for citation in cited_by(claim, reply))
            if not self._entails(spans, claim.text):
                lost.append(claim.text)
        verdict = {"value": 1 - len(lost) / len(said), "why": "; ".join(lost)}
        return record | {"verdicts": {**record.get("verdicts", {}), "entailed": verdict}}

    def _entails(self, premise: str, hypothesis: str) -> bool:
        import torch

        pair = self._tokenizer(
            premise, hypothesis, truncation="only_first", max_length=_LONGEST, return_tensors="pt"
        )
        with torch.inference_mode():
            scores = self._model(**pair).logits[0]
        return int(scores.argmax()) == self._entailment
