"""What is asked of many: the goals of a rung, the activities within some days."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.plan import Activity
from retrieval.answer_types import Draft, Reference, Statement
from retrieval.lookup import activity_statement
from retrieval.question import Dates, Question
from retrieval.rank import CERTAIN, Asked, Ranked, sure
from retrieval.swedish import stem, terms

_LISTED = 20  # more are counted, not shown: a chat message is no table


def goals_listed(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """The goals of a rung, all of them or those under a number or on a subject; None where no rung is asked for."""
    rung = next((label for label, pattern in _RUNGS if pattern.search(question.text)), None)
    if (
        rung is None
        or not question.asks & {"list", "how_many", "goals"}
        or question.asks & {"activities", "until", "number"} - {"number"}
    ):
        return None
    if (
        "goals" in question.asks
        and not question.asks & {"list", "how_many"}
        and not re.search(r"\b(?:what|vad)\b", question.text, re.I)
    ):
        return None
    subject = {
        t
        for c in question.concepts
        if c.weight >= 0.9 and not _RUNG_WORDS.search(c.words)
        for t, w in c.terms.items()
        if w >= 0.6
    }
    on_subject: list[Statement] = []
    others: list[Statement] = []
    for one in asked:
        plan = one.searchable.plan
        for n, section in enumerate(plan.sections):
            if section.label != rung:
                continue
            path = plan.path(n)
            if question.numbered and not any(
                section.number.startswith(number) or f" {number} " in f" {path} " for number in question.numbered
            ):
                continue
            text = " ".join(filter(None, (section.number, section.title)))
            own = {term for term, weight in terms(path) if weight >= 0.5}
            statement = Statement(text, (Reference(one.known.id, section.span, path),))
            (on_subject if subject & own else others).append(statement)
    statements = on_subject if on_subject and not question.numbered else on_subject + others
    if not statements or len(statements) > 40:
        return None
    return Draft(tuple(statements[:30]), "lookup", listed=True)


def activities_listed(question: Question, asked: Sequence[Asked], ranked: Sequence[Ranked]) -> Draft | None:
    """The activities within the days a question names, those on its subject where there are any; else None."""
    dates = question.dates
    if dates is None or not question.asks & {"activities", "list", "until", "from", "when"}:
        return None
    wanted = [
        c
        for c in question.concepts
        if c.weight >= 0.9 and not _is_date(c.words) and not re.fullmatch(r"[\d.]+", c.words)
    ]
    found: list[tuple[Activity, Asked, float]] = []
    for one in asked:
        hits = {h.entry.number: h for h in one.searchable.search(wanted, ["activity"])} if wanted else {}
        for entry in one.searchable.entries:
            item = entry.unit.item
            if isinstance(item, Activity) and _within(item, dates):
                if question.numbered and not any(
                    f" {number} " in f" {entry.unit.path} " for number in question.numbered
                ):
                    continue
                hit = hits.get(entry.number)
                found.append((item, one, hit.coverage if hit else 0.0))
    if not found:
        return None
    best = max(coverage for _, _, coverage in found)
    if wanted and best >= 0.45 and not question.numbered:
        found = [f for f in found if f[2] >= 0.6 * best]
    elif wanted and ("activities" not in question.asks or _is_of_another_kind(ranked)):
        return None
    own = re.search(
        r"\b(?:vår|our) (?:egen |own )?(?:stadsdelsnämnd|nämnd|board|district board)|\bvår egen\b|\bour own\b",
        question.text,
        re.I,
    )
    if own:
        name = asked[0].known.description.organisation or ""
        ours = [
            f
            for f in found
            if f[0].responsible
            and stem(f[0].responsible[0].split()[0].casefold().split("-")[0]) == stem(name.casefold().split("-")[0])
        ]
        found = ours or found
    spoken = question.language
    short = 220 if len(found) > 6 else None
    statements = [activity_statement(one.facts, item, spoken, short) for item, one, _ in found[:_LISTED]]
    return Draft(tuple(statements), "lookup", listed=True, more=len(found) - len(statements))


def _is_of_another_kind(ranked: Sequence[Ranked]) -> bool:
    """True where what answers is certain, and no activity."""
    best = ranked[0] if ranked else None
    likely = sure(best) if best else None
    return best is not None and likely is not None and likely >= CERTAIN and best.hit.kind != "activity"


# What is sent


def _is_date(words: str) -> bool:
    return (
        re.fullmatch(
            r"[\d\s/.-]*(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|january|february|march|may|june|july|august|october)?[\d\s/.-]*",
            words,
            re.I,
        )
        is not None
    )


def _within(item: Activity, dates: Dates) -> bool:
    day = item.start if dates.starts else item.end
    if day is None:
        return False
    return (dates.first is None or day >= dates.first) and (dates.last is None or day <= dates.last)


_RUNG_WORDS = re.compile(
    r"mål|goal|target|objective|kf|fullmäktig|council|nämnd|board|övergripande|overarching|enhet|unit|tre|three",
    re.IGNORECASE,
)
_RUNGS = (
    (
        "KF:s inriktningsmål",
        re.compile(
            r"\binriktningsmål\w*|\borientation goals?|\b(?:övergripande|överordnade) mål\w*"
            r"|\boverarching (?:goals?|objectives?)",
            re.IGNORECASE,
        ),
    ),
    (
        "Nämndmål",
        re.compile(r"\bnämndmål\w*|\bnämndens (?:egna )?mål\b|\bboard(?:'s)? (?:own )?goals?\b", re.IGNORECASE),
    ),
    ("Enhetsmål", re.compile(r"\benhetsmål\w*|\benhetens mål\b|\bunit(?:'s)? goals?\b", re.IGNORECASE)),
    (
        "KF:s mål för verksamhetsområdet",
        re.compile(
            r"\bkf:?s? (?:mål|-mål)\b(?! för (?:\w*frånvaro|\w*index))|\bkf-mål\w*|\barea goals?\b"
            r"|\bmål för verksamhetsområdet",
            re.IGNORECASE,
        ),
    ),
)
