"""How an answer names a plan: by itself, or told from the one beside it; and when two names are one thing's."""

from __future__ import annotations

from ingest.describe import plain
from ingest.plan import Description
from ingest.values import folded
from retrieval.evidence.lookup import Facts
from retrieval.language.phrases import say
from retrieval.language.swedish import Language
from retrieval.store.search import terms_of


def plan_name(description: Description) -> str:
    """How an answer names a plan: "Norrsjö, verksamhetsplan 2026"."""
    whose = ", ".join(filter(None, (description.organisation, description.unit)))
    what = " ".join(filter(None, (description.kind or description.title, str(description.period or ""))))
    return f"{whose}, {what}" if whose else what


def whose(facts: Facts) -> str:
    """Whose a plan is, else what it is called."""
    return facts.plan.description.organisation or facts.plan.description.title or ""


def of_one_body(one: Facts, two: Facts) -> bool:
    """True for plans of one organisation and unit: they differ by their year."""
    a, b = one.plan.description, two.plan.description
    return (plain(a.organisation or ""), a.unit) == (plain(b.organisation or ""), b.unit)


def whose_beside(facts: Facts, beside: Facts) -> str:
    """Whose a plan is, with its year where the one beside it is of another."""
    return whose(facts) if facts.year == beside.year else f"{whose(facts)} {facts.year}"


def told_beside(facts: Facts, beside: Facts, spoken: Language) -> str:
    """How a plan is told from the one beside it: by its year, else by whose it is."""
    if of_one_body(facts, beside):
        return say("in_year", spoken, year=facts.year)
    return say("at_body", spoken, whose=whose_beside(facts, beside))


def than_beside(facts: Facts, beside: Facts, spoken: Language) -> str:
    """The same after "more": "than in 2025", "than at Norrsjö"."""
    if of_one_body(facts, beside):
        return say("than_year", spoken, year=facts.year)
    return say("than_body", spoken, whose=whose_beside(facts, beside))


def alike(one: str, other: str, loosely: bool = False) -> float:
    """The share of two names' words that they have in common, in whatever form: 1 for the same name; `loosely`, of the
    shorter one's. A long name that another one only goes on from is nearly the same."""
    if folded(one).casefold() == folded(other).casefold():
        return 1.0
    a, b = (terms_of(name, least=1.0) for name in (one, other))
    shorter = min(len(a), len(b))
    within = len(a & b) / shorter if shorter >= _LONG else 0.0
    return max(len(a & b) / len(a | b) if a and b else 0.0, within if loosely else ALIKE * (within == 1.0))


ALIKE = 0.7  # the share of two names' words that they have in common, from which on they are taken for one
_LONG = 3  # words that tell a name even where it goes on
