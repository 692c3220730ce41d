"""What is computed for a question: sums, shares within a row, changes from the year before."""

from __future__ import annotations

import pytest
from test_lookup import FACTS, computed, question, row, said

from ingest.plan import TableRow
from retrieval.arithmetic import share_within, sum_statement, value_in
from retrieval.comparing import changes_listed, extreme_change

GENDERS = (("VP 2026", 2026), ("Okt. 2025", 2025), ("varav kvinnor", None), ("varav män", None), ("VP 2025", 2025))
TABLE = (
    row("Muddring", "4,5", "1,2", "3,3", "3,0"),
    row("varav farleder", "2,0", "0,0", "2,0", "0,5"),
    row("Kajer", "10,0", "0,0", "10,0", "15,5"),
    row("Fyr", "1,0", "0,0", "1,0", "1,2"),
    row("Summa", "15,5", "1,2", "14,3", "19,7"),
)


def test_share_of_women() -> None:
    """A share of women is of the column that the two halves add up to."""
    halves = row("Helårsplatser", "262", "254", "170", "84", "250", unit=None, columns=GENDERS)
    statement = share_within(FACTS, halves, question("Hur stor andel är kvinnor?"))
    assert computed(statement) == [("66,9", "170 / 254")]
    assert "Okt. 2025" in said(statement)


@pytest.mark.parametrize("men", [None, "70"])
def test_no_share_of_women(men: str | None) -> None:
    """There is no share where a half is missing, or the halves add up to no column."""
    other = row("Helårsplatser", "262", "254", "170", men, "250", unit=None, columns=GENDERS)
    assert share_within(FACTS, other, question("Hur stor andel är kvinnor?")) is None


def values(*rows: TableRow, text: str = "Vad kostar de tillsammans netto?") -> list:  # type: ignore[type-arg]
    return [value_in(FACTS, each, question(text)) for each in rows]


def test_sum() -> None:
    """Rows are added up in one column, with the formula."""
    statement = sum_statement(values(TABLE[0], TABLE[3]), question("Vad kostar de tillsammans?"))
    assert computed(statement) == [("4,3 mnkr", "3,3 + 1,0")]


def test_no_sum_of_a_part_and_its_whole() -> None:
    """A part is not added to the row that it is counted in already."""
    part = row("varav farleder", "2,0", "0,0", "2,0", parent="Muddring")
    assert sum_statement(values(TABLE[0], part), question("Tillsammans?")) is None


def test_no_sum_of_other_units() -> None:
    """Million and thousand kronor are never added up."""
    assert sum_statement(values(TABLE[0], row("X", "1", "1", "9", unit="tkr")), question("Tillsammans?")) is None


@pytest.mark.parametrize(
    ("text", "name"), [("Vad minskar mest?", "Kajer"), ("Vad ökar mest?", "Muddring"), ("What grows most?", "Muddring")]
)
def test_extreme_change(text: str, name: str) -> None:
    """What grows or shrinks most from the year before is no total and no other row's part."""
    assert said(extreme_change(FACTS, TABLE, question(text))).startswith(name)


@pytest.mark.parametrize(("text", "name"), [("Vad ökar mest?", "Muddring"), ("Vad ökar mest i procent?", "Bojar")])
def test_extreme_change_in_percent(text: str, name: str) -> None:
    """What grows most does so in its unit, but in percent where that is asked for."""
    buoys = row("Bojar", "0,4", "0,0", "0,4", "0,2")
    assert said(extreme_change(FACTS, (*TABLE, buoys), question(text))).startswith(name)


def test_changes() -> None:
    """All rows that shrink are told, each with its difference."""
    told = changes_listed(FACTS, TABLE, question("Vilka områden får mindre än förra året?"))
    assert [computed(each)[0] for each in told] == [("5,5 mnkr", "10,0 − 15,5"), ("0,2 mnkr", "1,0 − 1,2")]
