"""A language model as a second opinion: reported beside the metrics, never instead of one.

LlamaIndex's FaithfulnessEvaluator and RelevancyEvaluator pass whatever contains "yes", and so fail
every verdict in Chinese; its CorrectnessEvaluator takes a prompt and a parser of our own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .questions import Question
from .systems import System

if TYPE_CHECKING:
    from assistant.settings import Settings

ASPECTS = ("faithful", "relevant")
_VERDICT = re.compile(r"结论\s*[:：]\s*[“\"]?(是|否)")


def read_verdict(reply: str) -> tuple[float | None, str]:
    """Return 1 for 结论：是, 0 for 结论：否, None where a reply has neither, and the reply."""
    found = _VERDICT.findall(reply)
    return (float(found[-1] == "是") if found else None), reply.strip()


class Judged:
    """A system whose answers a language model judges as they come."""

    def __init__(self, system: System, settings: Settings) -> None:
        """Judge the answers of `system` with the model of `settings`. Raises ValueError without one."""
        if not settings.llm_url:
            raise ValueError("--judge needs a model: set POLICY_LLM_URL and POLICY_LLM_MODEL.")
        from llama_index.core.evaluation import CorrectnessEvaluator
        from llama_index.llms.openai_like import OpenAILike

        self.name = system.name
        self._system, self._model = system, settings.llm_model
        model = OpenAILike(
            model=settings.llm_model,
            api_base=settings.llm_url,
            api_key=settings.llm_key.get_secret_value() or "none",
            is_chat_model=True,
            temperature=0.0,
        )
        self._evaluators = {
            aspect: CorrectnessEvaluator(
                llm=model, eval_template=_template(aspect), score_threshold=1.0, parser_function=read_verdict
            )
            for aspect in ASPECTS
        }

    def settings(self) -> Mapping[str, Any]:
        """Return the system's settings and the judge's name."""
        return {**self._system.settings(), "judge": self._model}

    def reply(self, question: Question) -> dict[str, Any]:
        """Return the system's answer with the judge's `verdicts` on it."""
        record = self._system.reply(question)
        if record["status"] not in ("answered", "partial"):
            return record
        passages = "\n".join(f"[{c['n']}] {c.get('context') or c['quote']}" for c in record["citations"])
        asked = " ".join((*question.history, question.question))
        verdicts = {}
        for aspect, evaluator in self._evaluators.items():
            result = evaluator.evaluate(query=asked, response=record["answer"], reference=passages)
            verdicts[aspect] = {"value": result.score, "why": result.feedback}
        return record | {"verdicts": verdicts}


def _template(aspect: str) -> str:
    """Return the Chinese prompt in the names that LlamaIndex gives its variables."""
    from assistant.answer.model.prompts import load

    return load(f"judge_{aspect}").render(
        question="{query}", answer="{generated_answer}", passages="{reference_answer}"
    )
