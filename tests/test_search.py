"""What in a plan answers to a question's concepts: sentences and facts ranked by their words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.plan import (
    Activity,
    Description,
    Indicator,
    Origin,
    Passage,
    Plan,
    Section,
    TableCell,
    TableRow,
)
from ingest.source import Span
from ingest.values import mended
from retrieval.language.swedish import terms
from retrieval.store.search import Concept, Hit, Searchable
from retrieval.store.units import units_of

PASSAGES = (
    "Kajen sopas varje vecka. Kajen målas av kajenheten. Den lutar åt söder.",
    "Bryggorna är gamla. En fyr lyser om natten.",
    "Hamnbassängen är djup.",
)
TEXT = "\n".join(PASSAGES)
HEADINGS = ("Ekonomi", "Livbojar", "Hamnen")


def origin(words: str, section: int | None = None) -> Origin:
    start = TEXT.find(words)
    return Origin(section, (Span(max(start, 0), max(start, 0) + len(words)),))


def cell(column: str, written: str | None) -> TableCell:
    number = Decimal(written.replace(",", ".")) if written and written[0].isdigit() else None
    return TableCell(column, None, None, written, number, None)


PLAN = Plan(
    Description("Plan"),
    TEXT,
    sections=tuple(Section(h, "", "", 1, 1 if h == "Hamnen" else None, Span(0, 1)) for h in HEADINGS),
    passages=tuple(Passage(words, origin(words, n)) for n, words in enumerate(PASSAGES)),
    indicators=(Indicator("Andel rena kajer", "98 %", None, "År", "Mäts i maj.", origin("Kajen", 1)),),
    activities=(Activity("Kajenheten ska måla fyren", ("kajenheten",), None, None, origin("Kajen")),),
    rows=(
        TableRow("budget", "Kostnader", "Muddring", "Farleder", (cell("Netto", "4,5"),), origin("Kajen", 0)),
        TableRow("rows", "Lokaler", "Magasinet", None, (cell("Kommentar", "Rivs i höst"),), origin("Kajen", 0)),
    ),
)
SEARCHABLE = Searchable(PLAN)


def asked(*words: str, name: bool = False) -> list[Concept]:
    return [Concept(word, dict(terms(word)), name) for word in words]


def found(*words: str, plan: Searchable = SEARCHABLE) -> list[str]:
    return [hit.entry.words for hit in plan.search(asked(*words))]


# Units


def test_units() -> None:
    """Every passage and fact is a unit, each kind in reading order, with a key that no other has."""
    units = units_of(PLAN)
    assert [u.key for u in units] == ["p0", "p1", "p2", "i0", "a0", "r0", "r1"]
    assert [u.kind for u in units] == ["passage"] * 3 + ["indicator", "activity", "budget", "rows"]


def test_words_of_units() -> None:
    """A fact's words are its name and comment, or its table, group, label and words; no numbers."""
    words = {u.key: u.words for u in units_of(PLAN)}
    assert words["i0"] == "Andel rena kajer Mäts i maj."
    assert words["a0"] == "Kajenheten ska måla fyren"
    assert words["r0"] == "Kostnader Farleder Muddring"
    assert words["r1"] == "Lokaler Magasinet Rivs i höst"


def test_path_of_units() -> None:
    """A unit's path is its headings from the top; what stands before the first heading has none."""
    paths = {u.key: u.path for u in units_of(PLAN)}
    assert paths["p2"] == "Livbojar › Hamnen"
    assert paths["a0"] == ""


# Entries


def test_entries() -> None:
    """A passage is found sentence by sentence, a fact whole; they are numbered in reading order."""
    entries = SEARCHABLE.entries
    assert [e.number for e in entries] == list(range(len(entries)))
    assert [e.words for e in entries if e.unit.key == "p1"] == ["Bryggorna är gamla.", "En fyr lyser om natten."]
    assert sum(e.unit.key == "r0" for e in entries) == 1


def test_entries_quote_the_text() -> None:
    """What a sentence says is what stands in the stored text."""
    for entry in SEARCHABLE.entries:
        if entry.unit.kind == "passage":
            assert [mended(TEXT[s.start : s.end]) for s in entry.spans] == [entry.words]


# Search


def test_best_first() -> None:
    """Hits come best first, and what holds the word is among them."""
    hits = SEARCHABLE.search(asked("bryggorna"))
    assert hits[0].entry.words == "Bryggorna är gamla."
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_inflection() -> None:
    """A word is found in its other forms."""
    assert found("brygga")[0] == "Bryggorna är gamla."


def test_compound() -> None:
    """A word is found as part of a compound."""
    assert "Hamnbassängen är djup." in found("bassäng")


def test_rare_word_wins() -> None:
    """Of two words, the one that the plan seldom has decides."""
    rare, common = asked("natten", "kajen")
    assert SEARCHABLE.rarity(rare) > SEARCHABLE.rarity(common)
    assert found("kajen", "natten")[0] == "En fyr lyser om natten."


def test_heading_counts() -> None:
    """What stands under a heading is found by it, and below what says the word itself."""
    hits = SEARCHABLE.search(asked("livbojar"))
    assert {"Bryggorna är gamla.", "En fyr lyser om natten."} <= {h.entry.words for h in hits}
    assert all(h.own == 0 for h in hits)


def test_own_words_before_words_around() -> None:
    """A sentence that says a word itself stands before its neighbour."""
    assert found("lyser")[0] == "En fyr lyser om natten."
    assert "Bryggorna är gamla." in found("lyser")


def test_columns_count() -> None:
    """A row is found by the name of a column, too."""
    assert [h.entry.unit.key for h in SEARCHABLE.search(asked("netto"))] == ["r0"]


def test_nothing_found() -> None:
    """A word that the plan does not have finds nothing, nor does a question without concepts."""
    assert found("rymdraket") == []
    assert SEARCHABLE.search([]) == []


def test_empty_plan() -> None:
    """A plan without content finds nothing."""
    assert found("kajen", plan=Searchable(Plan(Description("Plan"), ""))) == []


def test_kinds() -> None:
    """A search may be limited to kinds of things."""
    assert {h.kind for h in SEARCHABLE.search(asked("kajen"), ["indicator"])} == {"indicator"}


def test_coverage() -> None:
    """A hit tells the share of the question it covers: all of it, or part where the plan lacks a word."""
    whole, part = (SEARCHABLE.search(asked(*words))[0] for words in (("natten",), ("natten", "rymdraket")))
    assert whole.coverage == pytest.approx(1.0)
    assert 0 < part.coverage < whole.coverage
    assert part.by_concept[0] > 0
    assert part.by_concept[1] == 0


def test_phrase_only_together() -> None:
    """The words of a phrase stand for a concept where all of them stand."""
    together = Concept("x", {}, phrases=((1.0, tuple(t for w in ("fyr", "natten") for t, _ in terms(w))),))
    assert SEARCHABLE.search([together])[0].entry.words == "En fyr lyser om natten."
    assert SEARCHABLE.search([Concept("x", {}, phrases=((1.0, ("fyr", "rymdraket")),))]) == []


def test_weightless_concept() -> None:
    """A concept that counts for nothing changes no order."""
    hits = SEARCHABLE.search([*asked("natten"), Concept("kajen", dict(terms("kajen")), weight=0.0)])
    assert hits[0].entry.words == "En fyr lyser om natten."


def test_name_that_the_plan_lacks_is_telling() -> None:
    """A name that the plan lacks weighs more than a word that it lacks: the word may be a turn of phrase."""
    word, name = asked("rymdraket")[0], asked("Ekstorp", name=True)[0]
    long = Searchable(replace(PLAN, passages=PLAN.passages * 200))
    assert long.rarity(name) > long.rarity(word)


# Words of the plan


def test_vocabulary() -> None:
    """A plan knows its words, and the longer ones that a name begins."""
    assert SEARCHABLE.knows("fyr")
    assert not SEARCHABLE.knows("rymdraket")
    assert any(term.startswith("hamn") for term in SEARCHABLE.within("hamn"))


def test_initials() -> None:
    """Capitals are looked up among the initials of headings, indicators and rows."""
    assert SEARCHABLE.initials["ark"] >= {"andl", "ren"}


@given(st.lists(st.sampled_from([w for p in PASSAGES for w in p.lower().replace(".", "").split()]), max_size=6))
def test_any_concepts(words: list[str]) -> None:
    """Any concepts give the same hits each time, each entry once, with shares between nothing and all."""
    concepts = [c for c in asked(*words) if c.terms]
    hits: list[Hit] = SEARCHABLE.search(concepts)
    assert hits == SEARCHABLE.search(concepts)
    assert len({h.entry.number for h in hits}) == len(hits)
    assert all(0 <= h.own <= h.coverage + 1e-9 <= 1 + 2e-9 for h in hits)
