"""The page for a plan's editor: what its readers asked in vain and judged wrong, by section, without who they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from bot.state import Judged, State, Unanswered
from bot.words import words


def page(state: State) -> Iterator[str]:
    """The lines of the report, as Markdown."""
    w = words()
    judged, asked = state.judged(), state.unanswered()
    yield f"# {w.report_title}"
    yield ""
    yield w.report_counts.format(
        unanswered=len(asked),
        right=sum(each.verdict == "right" for each in judged),
        wrong=sum(each.verdict == "wrong" for each in judged),
        wrong_source=sum(each.verdict == "wrong_source" for each in judged),
    )
    places: dict[str, dict[str, tuple[list[Unanswered], list[Judged]]]] = defaultdict(dict)
    for each in asked:
        places[each.plan].setdefault(each.section, ([], []))[0].append(each)
    for one in judged:
        places[one.plan].setdefault(one.section, ([], []))[1].append(one)
    for plan in sorted(places):
        yield from ("", f"## {_line(plan) or w.report_no_plan}")
        for section in sorted(places[plan]):
            without, with_verdict = places[plan][section]
            yield from ("", f"### {_line(section) or w.report_no_section}", "")
            for question, count in Counter(_line(each.question) for each in without).most_common():
                yield f"- {w.report_unanswered}{f' ({count} ×)' if count > 1 else ''}: {question}"
            for one in with_verdict:
                verdict = {"right": w.report_right, "wrong": w.report_wrong, "wrong_source": w.report_wrong_source}
                yield f"- {verdict[one.verdict]}: {_line(one.question)}"
                yield f"  - {w.report_answer}: {_line(one.said)}"
                if one.words:
                    yield f"  - {w.report_words}: {_line(one.words)}"


def _line(text: str) -> str:
    """Words on one line, none of which Markdown or a terminal would take for its own."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return "".join(f"\\{c}" if c in "\\`*_<>[]#|" else c for c in " ".join(plain.split()))
