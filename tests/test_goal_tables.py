"""Tables of indicators and activities are read in whatever way an extraction left them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest
from goal_tables import HEADERS, WAYS, Setting, Table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_flattened import PROSE, source

from ingest.laid_out import laid_out
from ingest.plan import Activity, Indicator, Plan, TableRow
from ingest.read import plan_of
from ingest.readers.text import plain
from ingest.source import Grid
from ingest.when import stretch

Fact = tuple[object, ...]
# What share of rows must be read: a lone value for two columns is in doubt, and so is what stands beside what.
FLOORS = {"beside": 0.85, "all beside": 0.8, "mixed": 0.93}


def read(text: str) -> Plan:
    return plan_of(plain(text), "verksamhetsplan-2031-lervik.txt")


def written(table: Table) -> Iterator[Fact]:
    """The facts of a table as they should be read; a dash is an empty cell."""
    for row in table.rows:
        cells = dict.fromkeys(("target", "council", "period", "who", "start", "end"), "")
        cells |= {column.kind: words for column, words in zip(table.columns, row, strict=True)}
        outcomes = [w for c, w in zip(table.columns, row, strict=True) if c.kind == "outcome" and w]
        if table.of_indicators:
            values = [cells[kind].strip("-") for kind in ("target", "council", "period")]
            yield cells["name"], *values, *outcomes
        else:
            start, end = stretch(cells["start"], 2031), stretch(cells["end"], 2031)
            yield cells["name"].rstrip("."), cells["who"], start and start[0], end and end[1]


def found(plan: Plan, who: bool) -> Iterator[Fact]:
    """The facts of a plan; who answers for an activity only where a column tells it."""
    for one in plan.indicators:
        values = [(words or "").strip("-") for words in (one.target, one.council_target, one.period)]
        yield one.name, *values, *(outcome.written for outcome in one.outcomes)
    for each in plan.activities:
        yield each.text.rstrip("."), (each.responsible[0] if who and each.responsible else ""), each.start, each.end


@pytest.mark.parametrize("way", WAYS)
def test_tables_of_goals_are_read_in_any_way_they_are_set(way: str) -> None:
    """Of rows set in this way, under headers of any form and over pages, nearly all are read exactly."""
    read_well = count = 0
    for seed in range(5):
        rng = Random(seed)
        text, tables = Setting(rng, way, rng.choice(HEADERS), breaks=seed > 2).plan()
        who = any(column.kind == "who" for table in tables if not table.of_indicators for column in table.columns)
        facts = set(found(read(text), who))
        rows = [row for table in tables for row in written(table)]
        read_well, count = read_well + sum(row in facts for row in rows), count + len(rows)
    assert read_well >= FLOORS.get(way, 0.95) * count


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.sampled_from(WAYS), st.sampled_from(HEADERS), st.booleans())
def test_no_word_of_a_table_is_lost(seed: int, way: str, header: str, breaks: bool) -> None:
    """However a table is read, its facts share no words, and none is left out but of a row that a page cuts."""
    plan = read(Setting(Random(seed), way, header, breaks).plan()[0])
    facts: list[Indicator | Activity | TableRow] = [*plan.indicators, *plan.activities, *plan.rows]
    spans = sorted(span for fact in facts for span in fact.origin.spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    outside = [unplaced for unplaced in plan.unplaced if unplaced.reason == "stands outside what was read"]
    assert len(outside) <= (2 if breaks else 0), outside


OTHERS = """Hamnen är öppen hela året.

Lerviks hamnnämnd
Verksamhetsplan 2031
Sida 3 av 22

Kajerna hålls hela.

Indikator
Nämndens årsmål KF:s årsmål Period

Andel båtgäster som är trygga vid kajen
74 % 79 % År

Antal kajplatser

15,5

Tas fram av
nämnd

År

Index för ledarskap

Lerviks hamnnämnd
Verksamhetsplan 2031
Sida 4 av 22

 82
Tas fram av
nämnd
Tertial

Andel gäster som efter avslutad kurs kommer tillbaka minst
en gång
Fastställs i tertialrapport 1 60 % År

Aktivitet Startdatum Slutdatum

Måla fyren 2031-01-01 2031-02-28

Fyren sköts av en stiftelse och avtalet gäller till den 30 april.
"""


def test_rows_of_many_forms_under_a_header_of_two_lines() -> None:
    """Each row of a table may be set in its own way, a page break in the middle of it, and prose after it is none."""
    plan = read(OTHERS)
    assert [(i.name, i.target, i.council_target, i.period) for i in plan.indicators] == [
        ("Andel båtgäster som är trygga vid kajen", "74 %", "79 %", "År"),
        ("Antal kajplatser", "15,5", "Tas fram av nämnd", "År"),
        ("Index för ledarskap", "82", "Tas fram av nämnd", "Tertial"),
        ("Andel gäster som efter avslutad kurs kommer tillbaka minst en gång", "Fastställs i tertialrapport 1", "60 %",
         "År"),
    ]  # fmt: skip
    assert [a.text for a in plan.activities] == ["Måla fyren"]


def test_names_that_wrap_beside_their_cells() -> None:
    """Where cells stand on the first line of their row, the lines after it are the rest of its name."""
    plan = read(
        PROSE + "\nIndikator Målvärde Period\nAndel båtgäster som känner sig 74 % År\ntrygga vid Norra\nkajen\n"
        "Antal barn i seglarskolan, 40 st Tertial\nårskurs 4-9\nAntal lotsar 9 st År\n"
    )
    assert [(i.name, i.target, i.period) for i in plan.indicators] == [
        ("Andel båtgäster som känner sig trygga vid Norra kajen", "74 %", "År"),
        ("Antal barn i seglarskolan, årskurs 4-9", "40 st", "Tertial"),
        ("Antal lotsar", "9 st", "År"),
    ]


def test_row_without_its_period_costs_no_other_row() -> None:
    """A cell that is missing where the others tell which it is leaves the rows around it as they are."""
    plan = read(PROSE + "\nIndikator Målvärde Period\nAntal bojar 7 st År\nAntal fyrar 2 st\nAntal lotsar 9 st År\n")
    assert [(i.name, i.target, i.period) for i in plan.indicators] == [
        ("Antal bojar", "7 st", "År"), ("Antal fyrar", "2 st", None), ("Antal lotsar", "9 st", "År")
    ]  # fmt: skip


def test_tabs_end_at_another_header_and_may_lack_a_last_cell() -> None:
    """A table of tabs ends where the header of another begins, and a row's last empty cell may have no tab."""
    plan = read(
        "Indikator\tMål\tPeriod\nBojar\t7 st\tÅr\nFyrar\t2 st\n\nAktivitet\tStart\tSlut\nMåla\t2031-01-01\t2031-02-01\n"
    )
    assert [(i.name, i.target, i.period) for i in plan.indicators] == [("Bojar", "7 st", "År"), ("Fyrar", "2 st", None)]
    assert [a.text for a in plan.activities] == ["Måla"]


def test_header_under_the_head_of_every_page_is_no_furniture() -> None:
    """A table's header that stands right below each page's number is the table's."""
    page = (
        "Lerviks hamn\nSida {n} av 9\nIndikator          Målvärde      Period\nAntal bojar {n}      7 st          År\n"
    )
    page += "Antal fyrar {n}      2 st          År\n\nHamnen är öppen.\n\n"
    plan = read("".join(page.format(n=n) for n in range(1, 5)))
    assert len(plan.indicators) == 8


def test_sentence_of_a_laid_out_cell_that_wraps() -> None:
    """The last line of a text in its column may end in a full stop."""
    text = (
        "Aktivitet                               Klart\nHamnnämnden ska tillsammans med         2031-07-30\n"
        "båtklubbarna ta fram en rutin.\nMåla fyren                              2031-08-30\n"
    )
    [table] = [item for item in laid_out(source(text)).items if isinstance(item, Grid)]
    assert [row.cells[0].text for row in table.rows[1:]] == [
        "Hamnnämnden ska tillsammans med båtklubbarna ta fram en rutin.", "Måla fyren"
    ]  # fmt: skip
