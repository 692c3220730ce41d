"""What is said where nothing is answered: it was no question, there is no plan to ask, or the plan does not say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.describe import plain
from retrieval.citing import names
from retrieval.evidence.answer_types import Answer, Reference
from retrieval.evidence.naming import plan_name
from retrieval.evidence.rank import Asked, Ranked
from retrieval.language.phrases import say
from retrieval.question.question import Question
from retrieval.question.scope import Chosen
from retrieval.store.known import Known


def not_asked(question: Question, known: Sequence[Known]) -> Answer | None:
    """The reply to what asks no plan anything, or where there is none yet; None for a question."""
    if not known:
        return _refused(question, say("empty", question.language))
    said = next((each for each in ("instruction", "greeting", "thanks") if each in question.asks), None)
    return _refused(question, say(said, question.language)) if said else None


def no_plan_asked(question: Question, chosen: Chosen, known: Sequence[Known]) -> Answer | None:
    """The refusal of what no plan tells, or none that is here; None where there are plans to ask."""
    if "personal" in question.asks:
        return _refused(question, say("personal", question.language))
    if chosen.open:
        whose = _some(d.description.organisation or d.name for d in known)
        return _refused(question, say("which", question.language, plans=whose))
    return None if chosen.groups else without_plan(question, chosen.missing or "?", known)


def without_plan(question: Question, missing: str, known: Sequence[Known]) -> Answer:
    """That there is no plan of somebody, and which there are, the nearest to it first."""
    plans = sorted((plan_name(d.description) for d in known), key=lambda name: not _is_of(name, missing))
    return _refused(question, say("no_plan", question.language, what=missing, plans=_some(plans)))


def not_in_plan(
    question: Question, asked: Sequence[Asked], nearest: Sequence[Ranked], this_year: Reference | None = None
) -> Answer:
    """That the plan does not say, where it tells the same of its own year, and which of its sections are nearest to
    what is asked."""
    paths = (r.hit.entry.unit.path for r in nearest[:12])
    sections = tuple(dict.fromkeys(path.split(" › ")[-1] for path in paths if path))[:3]
    spoken, plan = question.language, names(asked)
    lines = [say("abstain", spoken, plan=plan)]
    if this_year:
        where = this_year.row or this_year.section.split(" › ")[-1]
        years = ", ".join(map(str, question.years))
        lines.append(say("this_year", spoken, asked=years, year=asked[0].facts.year or "", what=where))
    if sections:
        lines.append(say("nearest", spoken, sections="; ".join(sections)))
    return Answer("\n".join(lines), spoken, True, None, plan=plan, sections=sections)


def _refused(question: Question, text: str) -> Answer:
    return Answer(text, question.language, True, None)


def _some(names: Iterable[str], most: int = 8) -> str:
    """The first of some names, each once, and how many more there are."""
    each = list(dict.fromkeys(names))
    return ", ".join(each[:most]) + (f" (+{len(each) - most})" if len(each) > most else "")


def _is_of(plan: str, missing: str) -> bool:
    return plain(plan.split(",")[0]) in plain(missing)
