"""Numbers, units, years and dates as Swedish plans write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.values import MONTHS, THIN, dates_in, mended, number_in, unit_in, whole_name, years_in


def swedish(number: Decimal, space: str, minus: str) -> str:
    """A number as Swedish text prints it, with the given space between thousands and the given minus."""
    text = f"{abs(number):,f}".replace(",", space).replace(".", ",")
    return f"{minus if number < 0 else ''}{text}"


@given(
    st.decimals(-10_000_000, 10_000_000, places=2) | st.integers(-10_000_000, 10_000_000).map(Decimal),
    st.sampled_from(THIN),
    st.sampled_from("-−–"),
    st.sampled_from(["", " mnkr", " %", " kr", " st", "*"]),
)
def test_any_number_written_in_swedish_reads_back(number: Decimal, space: str, minus: str, after: str) -> None:
    """Whatever space parts its thousands and whatever stands after it, a number is read as it was."""
    assert number_in(swedish(number, space, minus) + after) == number


@given(st.decimals(0, 999, places=1))
def test_either_way(number: Decimal) -> None:
    """What may be off by so much either way is the number itself, however the signs are written."""
    assert {number_in(f"{signs}{number} %") for signs in ("+/-", "+/- ", "+ / –", "±")} == {number}


@given(st.decimals(0, 999, places=1))
def test_a_decimal_point_is_read_too(number: Decimal) -> None:
    """A plan that writes a point for the comma is read as well."""
    assert number_in(f"{number} mnkr") == number


@pytest.mark.parametrize("text", ["", "–", "-", "Tas fram av nämnden", "öka"])
def test_words_are_no_numbers(text: str) -> None:
    """A cell of words or a lone dash has no number."""
    assert number_in(text) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Verksamhet, mnkr", "mnkr"),
        ("Belopp (tkr)", "tkr"),
        ("2 640 kr", "kr"),
        ("85 %", "%"),
        ("3 GWh", "GWh"),
        ("12 st", "st"),
        ("1,5 miljoner kronor", "mnkr"),
        ("Insats (helårspersoner)", None),
        ("Kronobergs park", None),
    ],
)
def test_units_are_known_by_their_names(text: str, unit: str | None) -> None:
    """A unit is read where it is a word of its own."""
    assert unit_in(text) == unit


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_any_date_reads_back(day: date) -> None:
    """A date is read from its ISO form and from its Swedish words."""
    assert dates_in(f"senast {day.isoformat()}.") == [day]
    assert dates_in(f"den {day.day} {MONTHS[day.month - 1]} {day.year}") == [day]
    assert dates_in(f"den {day.day} {MONTHS[day.month - 1].capitalize()}", year=day.year) == [day]


def test_a_misprinted_date_is_none() -> None:
    """A day that no month has is left out."""
    assert dates_in("2031-02-30 2031-02-28") == [date(2031, 2, 28)]


def test_years_are_told_from_amounts() -> None:
    """A year stands by itself; digits of an amount are none."""
    assert years_in("VP 2031 och VB 2029, 2031,5 mnkr") == [2031, 2029]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Omslutnings-\nförändring", "Omslutningsförändring"),
        ("vård-\noch omsorg", "vård- och omsorg"),
        ("IT-\nenheten", "IT-enheten"),
        ("Norra-\nSödra", "Norra-Södra"),
        ("hamn-\nbassäng och kaj-\nplats", "hamnbassäng och kajplats"),
        ("en rad\noch en till", "en rad och en till"),
        ("hamn\u00ad \n\nbassäng", "hamnbassäng"),
    ],
)
def test_words_hyphenated_at_a_line_end_are_made_whole(text: str, whole: str) -> None:
    """A hyphen at a line end goes, but stays where it stands for a shared part or joins names."""
    assert mended(text) == whole


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("NettoVP 2031", "Netto VP 2031"),
        ("Omslutnings- förändring", "Omslutningsförändring"),
        ("Anslag (mnkr)2", "Anslag (mnkr)"),
        ("Netto VP 2031*", "Netto VP 2031"),
        ("Varv- och dockplatser", "Varv- och dockplatser"),
    ],
)
def test_column_names_are_made_whole(name: str, whole: str) -> None:
    """What extraction glued or broke in a column's name is mended, footnote marks go."""
    assert whole_name(name) == whole
