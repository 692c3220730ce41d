"""How good the answers are: questions with known answers, asked like any other and graded."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict

import numpy as np

from bot.asking import Asker, Query, QuestionError, read_query
from bot.words import words
from ingest.plan import Plan
from retrieval.grading import Gold, Grade, grade, squashed
from retrieval.language.swedish import language

_RESAMPLES = 2000
_SEED = 1  # the same answers have the same intervals


class Share(TypedDict):
    """The share (0…1) of `of` answers that have something, and the interval it is in for 95 of 100 such samples."""

    share: float | None
    of: int
    low: float
    high: float


def share(values: Iterable[bool]) -> Share:
    """The share of true values, with its interval by bootstrap: as many drawn again and again from those at hand."""
    drawn = list(values)
    if not drawn:
        return Share(share=None, of=0, low=0.0, high=1.0)
    mean = sum(drawn) / len(drawn)
    again = np.random.default_rng(_SEED).binomial(len(drawn), mean, _RESAMPLES) / len(drawn)
    low, high = np.quantile(again, (0.025, 0.975))
    return Share(share=mean, of=len(drawn), low=float(low), high=float(high))


def read_questions(file: Path) -> list[tuple[Gold, Query]]:
    """Questions with known answers, one JSON object a line; `QuestionError` names the line that is none."""
    found = []
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    query = read_query(line)
                    found.append((_gold(json.loads(line.decode("utf-8-sig")), query, number), query))
                except QuestionError as error:
                    raise QuestionError(words().bad_gold.format(file=file, line=number, trouble=error)) from None
    if not found:
        raise QuestionError(words().no_questions.format(file=file))
    return found


def _gold(found: Mapping[str, Any], query: Query, number: int) -> Gold:
    groups = found.get("expect") or []
    if not isinstance(groups, list):
        raise QuestionError(words().wrong_field.format(name="expect", kind="[[string, …], …]"))
    spoken = found.get("lang")
    return Gold(
        id=str(number if query.id is None else query.id),
        kind=str(found.get("type") or "other"),
        language=spoken if spoken in ("sv", "en") else language(query.question),
        question=query.question,
        documents=_strings(found.get("doc"), "doc"),
        expect=tuple(_strings(group, "expect") for group in groups if group),
        forbid=_strings(found.get("forbid"), "forbid"),
        evidence=_strings(found.get("evidence"), "evidence"),
    )


def _strings(value: object, name: str) -> tuple[str, ...]:
    """A list of strings, which may be one string or nothing."""
    listed = [value] if isinstance(value, str) else value or []
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise QuestionError(words().wrong_field.format(name=name, kind="[string, …]"))
    return tuple(listed)


def evaluate(
    asker: Asker, questions: Sequence[tuple[Gold, Query]], folder: Path | None, told: Callable[[int, str], None]
) -> Iterator[Grade]:
    """Ask and grade each question. Quotes are looked for in the stored texts, or in the text files of `folder`."""
    ids = {known.name: known.id for known in asker.library.known()}
    texts = _texts(folder) if folder else {}
    asker.warm()
    for number, (gold, query) in enumerate(questions, 1):
        answer = asker.ask_warm(query)
        cited = {citation.document for citation in answer.citations}
        plans: dict[str, Plan] = {name: asker.library.searchable(ids[name]).plan for name in cited & ids.keys()}
        for name in cited - texts.keys():
            texts[name] = texts.get(Path(name).name, "") if folder else squashed(plans[name].text)
        yield grade(gold, answer, texts, plans)
        told(number, gold.id)


def _texts(folder: Path) -> dict[str, str]:
    files = sorted(folder.rglob("*.txt"))
    if not files:
        raise QuestionError(words().no_texts.format(folder=folder))
    return {
        name: squashed(file.read_text("utf-8", "replace"))
        for file in files
        for name in (file.name, file.relative_to(folder).as_posix())
    }


def totals(grades: Sequence[Grade]) -> dict[str, Any]:
    """Everything that is measured, as JSON: shares are in 0…1, times in seconds."""
    answerable = [g for g in grades if g.gold.expect]
    silent = [g for g in grades if not g.gold.expect]
    seconds = sorted(g.seconds for g in grades)
    return {
        "questions": len(grades),
        "right": share(g.right for g in answerable),
        "right_and_cited": share(g.good for g in answerable),
        "cited": share(bool(g.cited) for g in answerable),
        "verbatim": share(g.verbatim for g in grades),
        "abstains_when_it_should": share(g.right for g in silent),
        "abstains_when_it_should_not": share(g.abstained for g in answerable),
        "numbers_supported": share(not g.unsupported for g in grades if not g.abstained),
        "right_language": share(g.same_language for g in grades),
        "right_table_cell": share(g.cell for g in grades if g.cell is not None),
        "seconds_median": statistics.median(seconds),
        "seconds_p95": seconds[int(0.95 * (len(seconds) - 1))],
        "by_kind": _groups((g.gold.kind, g) for g in grades),
        "by_language": _groups((g.gold.language, g) for g in grades),
    }


def _groups(named: Iterable[tuple[str, Grade]]) -> dict[str, Share]:
    groups: dict[str, list[bool]] = {}
    for name, each in named:
        groups.setdefault(name, []).append(each.good)
    return {name: share(groups[name]) for name in sorted(groups)}


def failure(each: Grade) -> dict[str, Any]:
    """What was wrong with an answer."""
    return {"id": each.gold.id, "question": each.gold.question, "why": list(each.why)}


def report(measured: Mapping[str, Any]) -> Iterator[str]:
    """The totals as lines for a person: shares with their interval, then times."""
    w = words()
    yield f"{'':32}{w.eval_share:>22}{w.eval_of:>8}"
    for group in ("by_kind", "by_language"):
        for name, values in measured[group].items():
            yield _line(name, values)
        yield ""
    for name, values in measured.items():
        if isinstance(values, dict) and "share" in values:
            yield _line(getattr(w, f"eval_{name}"), values)
    median, p95 = measured["seconds_median"], measured["seconds_p95"]
    yield w.eval_seconds.format(median=f"{1000 * median:.0f}", p95=f"{1000 * p95:.0f}")


def _line(name: str, values: Mapping[str, Any]) -> str:
    if not values["of"]:
        return f"{name:32}{'–':>22}{0:>8}"
    said = f"{100 * values['share']:.1f} % ({100 * values['low']:.0f}–{100 * values['high']:.0f})"
    return f"{name:32}{said:>22}{values['of']:>8}"
