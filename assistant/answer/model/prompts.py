"""Prompts: files with declared variables, found in a checkout and in an installed package alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parents[2]
_FOLDERS = (_PACKAGE / "prompts", _PACKAGE.parent / "prompts")  # in a wheel, in a checkout
_HEAD = re.compile(r"\A---\nvariables:(?P<names>[^\n]*)\n---\n")
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A text with variables written {{name}}."""

    name: str
    text: str
    variables: frozenset[str]

    def render(self, **values: str) -> str:
        """Return the text with `values` in place of its variables, each put in once.

        Raises ValueError naming the variables that are missing or that the prompt does not declare.
        """
        missing, unknown = self.variables - values.keys(), values.keys() - self.variables
        if missing or unknown:
            faults = [f"missing {name}" for name in sorted(missing)]
            faults += [f"not declared {name}" for name in sorted(unknown)]
            raise ValueError(f"Prompt {self.name}: {', '.join(faults)}.")
        return _VARIABLE.sub(lambda match: values[match[1]], self.text)


@cache
def load(name: str) -> Prompt:
    """Return the prompt `name`.

    Raises FileNotFoundError where there is none, ValueError where its variables are not declared.
    """
    path = next((found for folder in _FOLDERS if (found := folder / f"{name}.md").exists()), None)
    if path is None:
        raise FileNotFoundError(f"No prompt {name}.md in {' or '.join(map(str, _FOLDERS))}.")
    return parse(name, path.read_text(encoding="utf-8"))


def parse(name: str, text: str) -> Prompt:
    """Return the prompt of a file's `text`. Raises ValueError where declared and used variables differ."""
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"Prompt {name}: its first lines must declare its variables.")
    declared = frozenset(re.findall(r"\w+", head["names"]))
    body = text[head.end() :].strip()
    used = frozenset(_VARIABLE.findall(body))
    if declared != used:
        raise ValueError(f"Prompt {name}: declared or used only: {', '.join(sorted(declared ^ used))}.")
    return Prompt(name, body, declared)
