"""Changes to a good answer by rule: those that damage it, and those that do no harm."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.zh import places
from assistant.zh.fold import converter

from .metrics.completeness import completeness
from .metrics.score import Sources
from .metrics.text import canonical, figures, says
from .questions import Question
from .reply import Cited, Reply


@dataclass(frozen=True, slots=True)
class Case:
    """A question with a good answer to it; `spare` are sentences of the documents about other things."""

    question: Question
    reply: Reply
    sources: Sources
    spare: tuple[Cited, ...]


Change = Callable[[Case, random.Random], "Reply | None"]  # None: cannot be done to this case


def _other(case: Case, chance: random.Random) -> Cited | None:
    """Return a sentence that shares no evidence and few words with the answer."""
    own = {citation.context for citation in case.reply.citations}
    choice = [spare for spare in case.spare if spare.quote not in own and spare.context not in own]
    return chance.choice(choice) if choice else None


# ---- damages --------------------------------------------------------------------------------------


def change_figure(case: Case, chance: random.Random) -> Reply | None:
    """Change one digit of one figure of the answer."""
    answer = case.reply.answer
    spots = [m for m in re.finditer(r"\d+(?:\.\d+)?", answer) if not _is_marker(answer, m)]
    if not spots:
        return None
    spot = chance.choice(spots)
    digits = list(spot.group())
    place = chance.choice([i for i, digit in enumerate(digits) if digit.isdigit()])
    digits[place] = chance.choice([d for d in "123456789" if d != digits[place]])
    changed = answer[: spot.start()] + "".join(digits) + answer[spot.end() :]
    known = figures("".join(c.context for c in case.reply.citations))
    # a figure that the same sentence gives for something else is another damage
    return replace(case.reply, answer=changed) if figures(changed) - known else None


def change_unit(case: Case, chance: random.Random) -> Reply | None:
    """Put 亿 for 万, 万 for 亿 after a figure."""
    answer = case.reply.answer
    spots = list(re.finditer(r"(?<=\d)(?:万亿|[万亿萬億])", answer))
    if not spots:
        return None
    spot = chance.choice(spots)
    unit = "亿" if spot.group() in "万萬" else "万"
    return replace(
        case.reply, answer=case.reply.answer[: spot.start()] + unit + case.reply.answer[spot.end() :]
    )


def move_citation(case: Case, chance: random.Random) -> Reply | None:
    """Let one citation point to another sentence of the documents."""
    other = _other(case, chance)
    if other is None:
        return None
    place = chance.randrange(len(case.reply.citations))
    moved = list(case.reply.citations)
    moved[place] = replace(other, n=moved[place].n)
    return replace(case.reply, citations=tuple(moved))


def drop_citation(case: Case, chance: random.Random) -> Reply | None:
    """Take one marker and its citation away."""
    gone = chance.choice(case.reply.citations)
    kept = tuple(c for c in case.reply.citations if c is not gone)
    return replace(case.reply, answer=case.reply.answer.replace(f"[{gone.n}]", ""), citations=kept)


def shift_offsets(case: Case, chance: random.Random) -> Reply | None:
    """Move one citation's offsets by a few characters, its quote left as it was."""
    return _with_first(case, lambda c: replace(c, start=c.start + chance.randint(1, 5)))


def alter_quote(case: Case, chance: random.Random) -> Reply | None:
    """Change one character of one quote."""
    place = chance.randrange(len(case.reply.citations[0].quote))
    return _with_first(case, lambda c: replace(c, quote=c.quote[:place] + "某" + c.quote[place + 1 :]))


def lose_citation_list(case: Case, chance: random.Random) -> Reply | None:
    """Leave a marker without its citation."""
    return replace(case.reply, citations=case.reply.citations[1:])


def swap_region(case: Case, chance: random.Random) -> Reply | None:
    """Tell of another place what the source tells of this one."""
    found = places.find(case.reply.answer)
    if not found:
        return None
    spot = chance.choice(found)
    said = "".join(f"{c.context}{c.title}{''.join(c.section)}" for c in case.reply.citations)
    other = chance.choice(
        [n for n in ("贵州省", "海南省", "新疆", "青海省", "河南省") if not says(said, n[:2])]
    )
    answer = case.reply.answer[: spot.start] + other + case.reply.answer[spot.end :]
    return replace(case.reply, answer=answer)


def cut_list(case: Case, chance: random.Random) -> Reply | None:
    """Leave out the last half of the items."""
    if completeness(case.question, case.reply, case.sources) is None:
        return None
    kept = case.question.key_points[: len(case.question.key_points) // 2]
    answer = "\n".join(f"- {accepted[0]}[1]" for accepted in kept)
    return replace(case.reply, answer=answer, citations=case.reply.citations[:1])


def invent_sentence(case: Case, chance: random.Random) -> Reply | None:
    """Add a sentence on another matter under the same citation."""
    other = _other(case, chance)
    if other is None:
        return None
    return replace(case.reply, answer=f"{case.reply.answer}\n- {other.quote}[1]")


def add_idle_citation(case: Case, chance: random.Random) -> Reply | None:
    """Set a second citation beside a claim that it has nothing to do with."""
    other = _other(case, chance)
    if other is None:
        return None
    n = len(case.reply.citations) + 1
    answer = case.reply.answer.replace("[1]", f"[1][{n}]", 1)
    return replace(case.reply, answer=answer, citations=(*case.reply.citations, replace(other, n=n)))


def repeat_answer(case: Case, chance: random.Random) -> Reply | None:
    """Say the first item twice."""
    first = case.reply.answer.splitlines()[0]
    return replace(case.reply, answer=f"{case.reply.answer}\n{first}") if len(first) > 20 else None


def refuse_anyway(case: Case, chance: random.Random) -> Reply | None:
    """Decline a question that the documents answer."""
    return Reply("refused", "文件中没有找到相关内容。")


def say_forbidden(case: Case, chance: random.Random) -> Reply | None:
    """State what must not be said."""
    if not case.question.must_not:
        return None
    return replace(case.reply, answer=f"{case.reply.answer}\n{chance.choice(case.question.must_not)}")


def set_other_first(case: Case, chance: random.Random) -> Reply | None:
    """Set a figure of another sentence before the answer, in bold."""
    asked = set().union(*(figures(written) for point in case.question.key_points for written in point))
    other = _other(case, chance)
    found = sorted(figures(other.quote) - asked) if other and asked else []
    return _with_lead(case, chance.choice(found).strip("⟨").replace("⟩", "")) if found else None


# ---- harmless changes -----------------------------------------------------------------------------


def leave(case: Case, chance: random.Random) -> Reply | None:
    """Change nothing."""
    return case.reply


def change_script(case: Case, chance: random.Random) -> Reply | None:
    """Say it in the other script."""
    text = case.reply.answer
    simplified = converter("t2s").convert(text)
    return replace(case.reply, answer=simplified if simplified != text else converter("s2t").convert(text))


def change_markers(case: Case, chance: random.Random) -> Reply | None:
    """Write the markers as 【1】 after a full stop."""
    return replace(case.reply, answer=re.sub(r"\[(\d+)\]", r"。【\1】", case.reply.answer))


def add_lead(case: Case, chance: random.Random) -> Reply | None:
    """Open with a lead-in and a heading."""
    return replace(case.reply, answer=f"### 答复\n相关内容如下：\n{case.reply.answer}")


def set_first(case: Case, chance: random.Random) -> Reply | None:
    """Set a figure that is asked for before the answer, in bold."""
    written = [point[0] for point in case.question.key_points if figures(point[0])]
    return _with_lead(case, chance.choice(written)) if written else None


def change_scale(case: Case, chance: random.Random) -> Reply | None:
    """Say 16000亿 for 1.6万亿, 21000 for 2.1万."""
    text = re.sub(r"(\d+)\.(\d)万亿", lambda m: f"{m[1]}{m[2]}000亿", case.reply.answer)
    text = re.sub(r"(\d+)\.(\d)[万萬](?!亿|億)", lambda m: f"{m[1]}{m[2]}000", text)
    return replace(case.reply, answer=text) if text != case.reply.answer else None


def drop_clause(case: Case, chance: random.Random) -> Reply | None:
    """Leave out a clause that holds no key point."""
    lines, changed = [], False
    for line in case.reply.answer.splitlines():
        head, *clauses = re.split(r"[,，;；]", line)
        if clauses and not any(says(head, p) for accepted in case.question.key_points for p in accepted):
            line, changed = "- " + "，".join(clauses), True
        lines.append(line)
    return replace(case.reply, answer="\n".join(lines)) if changed else None


def reverse_items(case: Case, chance: random.Random) -> Reply | None:
    """Say the items in another order."""
    lines = case.reply.answer.splitlines()
    return replace(case.reply, answer="\n".join(reversed(lines))) if len(lines) > 1 else None


def list_points(case: Case, chance: random.Random) -> Reply | None:
    """Give the key points as bullets, each with the citation that carries it."""
    lines = []
    for accepted in case.question.key_points:
        carrying = [(c, p) for c in case.reply.citations for p in accepted if says(c.quote, p)]
        if not carrying or len(canonical(accepted[0])) < 4:
            return None
        lines.append(f"- {carrying[0][1]}[{carrying[0][0].n}]")
    used = {int(n) for n in re.findall(r"\[(\d+)\]", "".join(lines))}
    citations = tuple(c for c in case.reply.citations if c.n in used)
    return replace(case.reply, answer="\n".join(lines), citations=citations)


def set_table(case: Case, chance: random.Random) -> Reply | None:
    """Set the answer as a table with one row per citation."""
    rows = [f"| {c.section[-1] if c.section else '一'} | {c.quote}[{c.n}] |" for c in case.reply.citations]
    return replace(case.reply, answer="\n".join(["| 项目 | 内容 |", "| --- | --- |", *rows]))


def _with_lead(case: Case, figure: str) -> Reply:
    return replace(case.reply, answer=f"**{figure}**：{case.reply.answer.removeprefix('- ')}")


def _with_first(case: Case, change: Callable[[Cited], Cited]) -> Reply:
    return replace(case.reply, citations=(change(case.reply.citations[0]), *case.reply.citations[1:]))


def _is_marker(answer: str, match: re.Match[str]) -> bool:
    """Tell whether a number of the answer is a citation marker or the number of a list item."""
    before, after = answer[: match.start()], answer[match.end() :]
    marker = before.endswith("[") and after.startswith("]")
    return marker or (before.endswith("- ") and after[:1] in tuple("、.．"))


DAMAGES: dict[str, tuple[Change, tuple[str, ...]]] = {
    "figure changed": (change_figure, ("citation_recall",)),
    "unit changed": (change_unit, ("citation_recall",)),
    "citation moved": (move_citation, ("citation_recall", "citation_precision")),
    "citation dropped": (drop_citation, ("citation_recall",)),
    "offsets shifted": (shift_offsets, ("citation_validity",)),
    "quote altered": (alter_quote, ("citation_validity",)),
    "citation missing from the list": (lose_citation_list, ("citation_validity",)),
    "region swapped": (swap_region, ("region_confusion", "citation_recall")),
    "half a list": (cut_list, ("completeness", "key_points")),
    "invented sentence": (invent_sentence, ("citation_recall", "verbatim")),
    "idle citation": (add_idle_citation, ("citation_precision",)),
    "said twice": (repeat_answer, ("repetition",)),
    "answerable question refused": (refuse_anyway, ("false_refusal", "key_points")),
    "forbidden statement": (say_forbidden, ("forbidden",)),
    "another figure set first": (set_other_first, ("lead",)),
}
HARMLESS: dict[str, Change] = {
    "unchanged": leave,
    "other script": change_script,
    "other markers": change_markers,
    "lead-in added": add_lead,
    "figure set first": set_first,
    "figure in another scale": change_scale,
    "clause dropped": drop_clause,
    "items in another order": reverse_items,
    "key points as a list": list_points,
    "set as a table": set_table,
}
