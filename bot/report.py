"""The page for a plan's editor: what its readers asked in vain and judged wrong, by section, without who they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from bot.state import Judged, State, Verdict
from bot.words import words


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a plan ("" where none is near), the questions it left unanswered with how often each was asked, and
    what was thought of answers from it."""

    plan: str
    section: str
    unanswered: tuple[tuple[str, int], ...]
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What readers asked in vain and judged, by place, and how much of each."""

    unanswered: int
    verdicts: Counter[Verdict]
    places: tuple[Place, ...]


def gathered(state: State) -> Report:
    """The report: places by plan and section."""
    judged, asked = state.judged(), state.unanswered()
    questions: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    verdicts: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for each in asked:
        questions[each.plan, each.section][" ".join(each.question.split())] += 1
    for one in judged:
        verdicts[one.plan, one.section].append(one)
    places = (
        Place(*place, tuple(questions[place].most_common()), tuple(verdicts[place]))
        for place in sorted(questions.keys() | verdicts.keys())
    )
    return Report(len(asked), Counter(each.verdict for each in judged), tuple(places))


def page(state: State) -> Iterator[str]:
    """The lines of the report, as Markdown."""
    w, report = words(), gathered(state)
    yield f"# {w.report_title}"
    yield ""
    counts = {verdict: report.verdicts[verdict] for verdict in get_args(Verdict)}
    yield w.report_counts.format(unanswered=report.unanswered, **counts)
    for plan, places in groupby(report.places, key=lambda place: place.plan):
        yield from ("", f"## {_line(plan) or w.report_no_plan}")
        for place in places:
            yield from ("", f"### {_line(place.section) or w.report_no_section}", "")
            for question, count in place.unanswered:
                yield f"- {w.report_unanswered}{f' ({count} ×)' if count > 1 else ''}: {_line(question)}"
            for one in place.judged:
                verdict = {"right": w.report_right, "wrong": w.report_wrong, "wrong_source": w.report_wrong_source}
                yield f"- {verdict[one.verdict]}: {_line(one.question)}"
                yield f"  - {w.report_answer}: {_line(one.said)}"
                if one.words:
                    yield f"  - {w.report_words}: {_line(one.words)}"


def _line(text: str) -> str:
    """Words on one line, none of which Markdown or a terminal would take for its own."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return "".join(f"\\{c}" if c in "\\`*_<>[]#|" else c for c in " ".join(plain.split()))
