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


def test_department_as_the_text_writes_it() -> None:
    """A department's name and a name that a line breaks are taken from the text, not from the bare file name."""
    text = "Avdelningen för hamn- och sjövård är en av fem inom Östra-\n\nLerviks stadsdelsförvaltning. Den är ny.\n"
    found = description(text, "verksamhetsplan-2031-avdelningen-for-hamn-och-sjovard-ostra-lervik.txt")
    assert (found.organisation, found.unit) == ("Östra-Lervik", "Avdelningen för hamn- och sjövård")
    assert found.title == "Verksamhetsplan 2031 Avdelningen för hamn- och sjövård Östra-Lervik"


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


@pytest.mark.parametrize(
    ("front", "organisation", "unit", "years", "status", "title"),
    [
        ("Verksamhetsplan 2031|Tekniska nämnden|Ekviks kommun|Beslutad 2030-12-10 § 97",
         "Ekvik", None, (2031, 2031), "adopted", "Verksamhetsplan 2031"),
        ("Socialnämndens verksamhetsplan för 2031|Socialnämnden|Socialförvaltningen|2030-10-03",
         "Socialnämnden", None, (2031, 2031), None, "Socialnämndens verksamhetsplan för 2031"),
        ("Ekviks kommun|Verksamhetsplan och budget 2031 med inriktning för 2032–2033|Kulturnämnden",
         "Ekvik", None, (2031, 2031), None, "Verksamhetsplan och budget 2031 med inriktning för 2032–2033"),
        ("Lerviks stadsdelsförvaltning|Tjänsteutlåtande|Dnr 1.2.1-145/2030|2030-05-12|Till|Lerviks stadsdelsnämnd|"
         "Underlag för budget 2031 med inriktning 2032 och 2033|Förvaltningens förslag till beslut",
         "Lervik", None, (2031, 2031), "proposal", "Underlag för budget 2031 med inriktning 2032 och 2033"),
        ("HALLNÄSA KOMMUN|Omsorgsförvaltningen|Enhetsplan 2031|Granlida hemtjänst|Upprättad av: Ada Lind|Version 1.2",
         "Hallnäsa", "Granlida hemtjänst", (2031, 2031), None, "Enhetsplan 2031"),
        ("Enhetsplan 2031 för Rosenlunds äldreboende|Ekviks kommun",
         "Ekvik", "Rosenlunds äldreboende", (2031, 2031), None, "Enhetsplan 2031 för Rosenlunds äldreboende"),
        ("Arbetsplan läsåret 2031/2032|Solbackaskolan F-6|Mörtsjö kommun",
         "Mörtsjö", "Solbackaskolan F-6", (2031, 2032), None, "Arbetsplan läsåret 2031/2032"),
        ("Mål och budget 2031|Sörviks kommun|Antagen av kommunfullmäktige 2030-11-27 § 112",
         "Sörvik", None, (2031, 2031), "adopted", "Mål och budget 2031"),
        ("Underlag för övergripande plan med budget|Socialnämnden 2031|Godkänd av nämnden 2030-08-15|Ekviks kommun",
         "Ekvik", None, (2031, 2031), "adopted", "Underlag för övergripande plan med budget"),
        ("REGION NORRSKOG|Verksamhetsplan|2031|Regionala nämnden",
         "Norrskog", None, (2031, 2031), None, "Verksamhetsplan 2031"),
        ("Affärsplan 2031-2033|Lerviks Energi AB",
         "Lerviks Energi AB", None, (2031, 2033), None, "Affärsplan 2031-2033"),
    ],
)  # fmt: skip
def test_fronts_of_many_forms(
    front: str, organisation: str, unit: str | None, years: tuple[int, int], status: str | None, title: str
) -> None:
    """Boards, districts, units, schools, regions and companies set their first page each in their own way."""
    found = description(front.replace("|", "\n") + "\nInledning\nHamnen följs upp i maj 2034, och allt ryms i den.\n")
    period = (found.period.start.year, found.period.end.year) if found.period else None
    told = (found.organisation, found.unit, period, found.status, found.title)
    assert told == (organisation, unit, years, status, title)
