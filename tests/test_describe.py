"""What a document is: from its metadata, its text, its file name."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.describe import described, plain
from ingest.plan import Description, Period
from ingest.source import Line, Source


def description(text: str, name: str = "dokument.txt", **properties: str) -> Description:
    items, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            items.append(Line(at, at + len(line)))
        at += len(line) + 1
    return described(Source(text, tuple(items), properties=properties), (), name)


FRONT = (
    "Lerviks stadsdelsnämnd\nDnr LV 2030/12\n{status}\nVerksamhetsplan 2031 för Lerviks stadsdelsnämnd\nInledning.\n"
)


@pytest.mark.parametrize(
    ("line", "status", "decided"),
    [
        ("Beslutad av stadsdelsnämnden 2030-12-12", "adopted", date(2030, 12, 12)),
        ("Fastställd av nämnden den 12 december 2030", "adopted", date(2030, 12, 12)),
        ("Förslag 2030-11-20", "proposal", None),
        ("Reviderad 2031-03-01", "revised", None),
        ("Box 1", None, None),
    ],
)
def test_status_and_day_of_decision(line: str, status: str | None, decided: date | None) -> None:
    """The front page tells how far a plan has come, and when it was decided."""
    found = description(FRONT.format(status=line))
    assert (found.status, found.decided) == (status, decided)


def test_front_page_tells_the_rest() -> None:
    """Title, organisation, year, kind and reference are read from the text."""
    found = description(FRONT.format(status="Förslag 2030-11-20"))
    assert found.title == "Verksamhetsplan 2031 för Lerviks stadsdelsnämnd"
    assert found.organisation == "Lervik"
    assert found.period == Period(date(2031, 1, 1), date(2031, 12, 31))
    assert (found.kind, found.reference) == ("verksamhetsplan", "LV 2030/12")


def test_file_name_tells_what_the_text_does_not() -> None:
    """A file name's words are written as the text writes them; number and kind are no part of the name."""
    text = "Hamnen i Östra-Lervik är öppen. Östra-Lervik har två fyrar.\n"
    found = description(text, "004-verksamhetsplan-2031-ostra-lervik.txt")
    assert (found.organisation, found.title) == ("Östra-Lervik", "Verksamhetsplan 2031 Östra-Lervik")


def test_days_win_over_the_year() -> None:
    """A plan for part of a year says so in its title or text."""
    found = description("Verksamhetsplan för 1 januari till 30 juni 2031\nHamnen är öppen.\n")
    assert found.period == Period(date(2031, 1, 1), date(2031, 6, 30))


def test_several_years() -> None:
    """A plan may be for more years than one."""
    found = description("Budget 2031–2033\nHamnen är öppen.\n")
    assert found.period == Period(date(2031, 1, 1), date(2033, 12, 31))


def test_metadata_wins() -> None:
    """A file's own title and company are what its author called it."""
    found = description("Hamnen.\n", title="Plan för hamnen 2031", company="Lerviks hamn")
    assert (found.title, found.organisation) == ("Plan för hamnen 2031", "Lerviks hamn")


def test_names_are_compared_without_their_dress() -> None:
    """Case, diacritics, hyphens and underscores don't tell names apart."""
    assert plain("Östra-Lervik") == plain("ostra_lervik") == "ostra lervik"
