"""The days that a question limits itself to, in the words people use."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.dates import Dates, asks_undated, counts_from_today, limits, most_of

TODAY = date(2026, 3, 1)


def until(month: int, day: int, year: int = 2026) -> Dates:
    return Dates(None, date(year, month, day))


def between(first: tuple[int, int], last: tuple[int, int], year: int = 2026) -> Dates:
    return Dates(date(year, *first), date(year, *last))


def after(month: int, day: int) -> Dates:
    return Dates(date(2026, month, day), None)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Vad ska vara klart före midsommar?", until(6, 24)),
        ("What has to be done by the end of Q2?", until(6, 30)),
        ("due by end of June", until(6, 30)),
        ("Vad ska vara klart senast den 30 juni?", until(6, 30)),
        ("till och med 31 mars", until(3, 31)),
        ("senast 2026-06-30", until(6, 30)),
        ("by March 31st, 2026", until(3, 31)),
        ("before 1 July", until(6, 30)),
        ("before 2027", until(12, 31)),
        ("by year-end", until(12, 31)),
        ("Vilka slutar tidigare än årsskiftet?", until(12, 30)),
        ("Which end earlier than the end of the year?", until(12, 30)),
        ("Vilka slutar i mars eller tidigare?", until(3, 31)),
        ("activities ending on or before 31 March", until(3, 31)),
        ("Which end in the second quarter or earlier?", until(6, 30)),
        ("Vilka avtal löper ut 2026 eller tidigare?", until(12, 31)),
        ("Which leases expire by 2026?", until(12, 31)),
        ("Vad händer i juni 2026?", between((6, 1), (6, 30))),
        ("in June", between((6, 1), (6, 30))),
        ("i juni 2025", between((6, 1), (6, 30), 2025)),
        ("i februari", between((2, 1), (2, 28))),
        ("December 2026", between((12, 1), (12, 31))),
        ("between 1 March and 31 May", between((3, 1), (5, 31))),
        ("mellan mars och maj", between((3, 1), (5, 31))),
        ("mellan 2026-03-01 och 2026-05-31", between((3, 1), (5, 31))),
        ("första kvartalet", between((1, 1), (3, 31))),
        ("in the fourth quarter", between((10, 1), (12, 31))),
        ("under tertial 2", between((5, 1), (8, 31))),
        ("första halvåret", between((1, 1), (6, 30))),
        ("nästa månad", between((4, 1), (4, 30))),
        ("this month", between((3, 1), (3, 31))),
        ("denna månad", between((3, 1), (3, 31))),
        ("Vad ska vara klart inom 30 dagar?", between((3, 1), (3, 31))),
        ("due within 30 days", between((3, 1), (3, 31))),
        ("within the next two weeks", between((3, 1), (3, 15))),
        ("de närmaste tre månaderna", between((3, 1), (6, 1))),
        ("inom ett halvår", between((3, 1), (9, 1))),
        ("the coming half-year", between((3, 1), (9, 1))),
        ("nästa vecka", between((3, 2), (3, 8))),
        ("this week", Dates(date(2026, 2, 23), date(2026, 3, 1))),
        ("What is due today?", between((3, 1), (3, 1))),
        ("klart i morgon", between((3, 2), (3, 2))),
        ("Vad är försenat?", until(2, 28)),
        ("What is overdue?", until(2, 28)),
        ("Vilka aktiviteter har passerat sitt slutdatum?", until(2, 28)),
        ("vad skulle ha varit klart i februari?", between((2, 1), (2, 28))),
        ("30/6", between((6, 30), (6, 30))),
        ("den 24 april", between((4, 24), (4, 24))),
        ("on the 1st of May", between((5, 1), (5, 1))),
        ("efter den 1 september", after(9, 2)),
        ("after June", after(7, 1)),
        ("från och med 1 april", after(4, 1)),
        ("Vilka är inte klara förrän 2027?", Dates(date(2027, 1, 1), None)),
        ("Which don't finish until June?", Dates(date(2026, 6, 1), None)),
        ("Vilka avtal löper längre än till 2027?", Dates(date(2028, 1, 1), None, running=True)),
        ("Vad pågår i mars?", Dates(date(2026, 3, 1), date(2026, 3, 31), running=True)),
        ("What was the sick-leave target in 2025?", None),
        ("Vad är målet för sjukfrånvaron?", None),
        ("May we lower the target?", None),
        ("Vad står i tertialrapport 2?", None),
        ("What is due in May?", between((5, 1), (5, 31))),
        ("Which end by the end of May?", until(5, 31)),
        ("från 1 mars till 31 maj", between((3, 1), (5, 31))),
        ("from 1 March to 31 May", between((3, 1), (5, 31))),
        ("1–15 mars", between((3, 1), (3, 15))),
        ("Vad ska vara klart innan jul?", until(12, 23)),
        ("efter midsommar", after(6, 25)),
        ("Q3 2025", between((7, 1), (9, 30), 2025)),
        ("i augusti eller september", between((8, 1), (9, 30))),
        ("inte före 1 maj", after(5, 1)),
        ("före mars månad", until(2, 28)),
        ("before July", until(6, 30)),
        ("efter sommaren", after(9, 1)),
        ("Does anything run past New Year, i.e. into 2027?", Dates(date(2027, 1, 1), None, running=True)),
        ("past the end of 2026", Dates(date(2027, 1, 1), None)),
        ("i de första tre månaderna", between((1, 1), (3, 31))),
        ("the last two months", between((11, 1), (12, 31))),
        ("next week", between((3, 2), (3, 8))),
        ("Vilka avtal löper ut under 2027?", between((1, 1), (12, 31), 2027)),
        ("Vad gjordes under 2027?", None),
        ("i vår", between((1, 1), (5, 31))),
        ("during the autumn 2025", between((8, 1), (12, 31), 2025)),
    ],
)
def test_dates(text: str, dates: Dates | None) -> None:
    """Days in words become the first and last day that a question limits itself to."""
    assert limits(text, 2026, TODAY) == dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Det mesta pågår till nyårsafton. Vad ska vara avklarat dessförinnan?", until(12, 30)),
        ("Most of it ends on 30 September, but which tasks end earlier?", until(9, 29)),
        ("Delrapporten kommer i maj. Vad blir klart senare?", after(6, 1)),
        ("Klart före juni? Vilka då?", until(5, 31)),
        ("I mars flyttar vi. Vad slutar i april?", between((4, 1), (4, 30))),
        ("Which tasks take less than a year?", until(12, 30)),
        ("Vilka uppdrag slutar tidigare än de andra?", until(12, 30)),
        ("Vad pågår inte hela året?", until(12, 30)),
        ("Sista dagen är 30 april. Vad ska vara klart till dess?", until(4, 30)),
        ("31 May as the latest end date: what should be done by then?", until(5, 31)),
        ("Vilka är inte klara vid årsskiftet utan slutar 2027?", between((1, 1), (12, 31), 2027)),
        ("Which tasks finish before new year? Nearly all run until 31 Dec", until(12, 30)),
        ("Vad ska redovisas före midsommar, alltså senast den 19 juni?", until(6, 19)),
    ],
)
def test_beside_what_was_said(text: str, dates: Dates) -> None:
    """What is asked last limits the days; where it only compares, it is with what was said before, or the year."""
    assert limits(text, 2026, TODAY) == dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Vilka är inte färdiga till midsommar?", after(6, 25)),
        ("Which tasks aren't finished by 30 June?", after(7, 1)),
        ("Vad slutar inte den 31 december?", Dates(date(2026, 12, 31), date(2026, 12, 31), outside=True)),
        ("Which have another end date than 1 May?", Dates(date(2026, 5, 1), date(2026, 5, 1), outside=True)),
        ("Vad är klart först 2027?", Dates(date(2027, 1, 1), None)),
        ("Vad slutar inte senare än 30 juni?", until(6, 30)),
        ("what ends on 31 March at the latest", until(3, 31)),
    ],
)
def test_denied(text: str, dates: Dates) -> None:
    """What is not so by a day is so later, and what is not so on a day is on another."""
    assert limits(text, 2026, TODAY) == dates


BEFORE_THIS_YEAR = Dates(None, date(2025, 12, 31), starts=True)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Vilka började redan tidigare år?", BEFORE_THIS_YEAR),
        ("Was anything kicked off in previous years?", BEFORE_THIS_YEAR),
        ("Vad hade redan startat vid årets ingång?", BEFORE_THIS_YEAR),
        ("What had already begun when the year started, before the year began?", BEFORE_THIS_YEAR),
        ("Vad avslutas nästa år?", between((1, 1), (12, 31), 2027)),
        ("Vad rullar vidare efter i år?", Dates(date(2027, 1, 1), None, running=True)),
        ("What isn't over when 2026 ends but continues after?", Dates(date(2027, 1, 1), None, running=True)),
        ("Which leases end in the course of 2027?", between((1, 1), (12, 31), 2027)),
        ("Är det fler som börjar jämfört med tidigare år?", None),
        ("Vad ska vara klart till sista mars?", until(3, 31)),
        ("before the end of August", until(8, 31)),
        ("till mitten av maj", until(5, 15)),
        ("till och med vecka 20", until(5, 17)),
        ("klart till kv 2", until(6, 30)),
        ("vecka 23-24", between((6, 1), (6, 14))),
        ("what should be done before May is over", until(5, 31)),
        ("vad återstår innan mars är slut", until(3, 31)),
        ("vilka uppdrag från nämnden ska vara klara senast den 30 juni", until(6, 30)),
        ("as of 1 May, what is added?", Dates(date(2026, 5, 1), date(2026, 5, 1), starts=True)),
        ("has 1 May as its end date", between((5, 1), (5, 1))),
        ("har 1 maj som startdag, inget som pågick innan", Dates(date(2026, 5, 1), date(2026, 5, 1), starts=True)),
        ("börjar den 1 maj och inte tidigare", Dates(date(2026, 5, 1), date(2026, 5, 1), starts=True)),
        ("Vad pågick redan innan året började?", Dates(None, date(2025, 12, 31), starts=True)),
        ("what was going on before that year started", Dates(None, date(2025, 12, 31), starts=True)),
        ("Compare what it ended up costing in 2025", None),
        ("Vad slutar inte förrän efter 2026?", Dates(date(2027, 1, 1), None)),
        ("What runs past the turn of the year, i.e. finishes in 2027?", between((1, 1), (12, 31), 2027)),
        ("What carries on past year-end?", Dates(date(2027, 1, 1), None, running=True)),
        ("Vilka avslutas i år?", between((1, 1), (12, 31))),
        ("De börjar väl bygga huset i år, när?", None),
        ("What ends in the last quarter?", between((10, 1), (12, 31))),
        ("Om prognosen pekar fel efter april, vad gör vi då?", None),
        ("What do we do if sick leave rises after May?", None),
        ("Vilka om möjligt klara i maj?", between((5, 1), (5, 31))),
    ],
)
def test_years_and_parts(text: str, dates: Dates | None) -> None:
    """Years are told by how they stand to the plan's own; a month's end, its middle and a week are days too."""
    assert limits(text, 2026, TODAY) == dates


@pytest.mark.parametrize(
    "text",
    [
        "What has to be done by the last of March?",
        "klart 31 mars at the latest",
        "due in the last three months",
        "31 March as the latest end date",
    ],
)
def test_last_of_a_month(text: str) -> None:
    """The last of a month is no superlative."""
    assert most_of(text) is None


@pytest.mark.parametrize(
    ("text", "undated"),
    [
        ("Saknar något av uppdragen i listan datum?", "any"),
        ("is there a task that hasn't been given a deadline", "end"),
        ("Vilka slutar inte på det datumet?", ""),
        ("due no later than that date", ""),
        ("Finns det uppdrag utan sluttid?", "end"),
        ("Saknas det datum för något uppdrag?", "any"),
        ("Vilka har startdatum men inget slut?", "end"),
        ("Vilka har ingen slutdag?", "end"),
        ("What has a start, but nobody has said when it should end?", "end"),
        ("Finns det något där det inte står när det ska vara klart?", "end"),
        ("Which of them are open-ended?", "end"),
        ("Inget slut på kön i sikte, säger planen", ""),
    ],
)
def test_undated(text: str, undated: str) -> None:
    """What lacks a date is told whatever stands between; what only has another date does not lack one."""
    assert asks_undated(text) == undated


@pytest.mark.parametrize(
    "text",
    [
        "Vad startar i februari?",
        "what begins in February?",
        "Vad påbörjas i februari?",
        "Vad drog igång i februari?",
        "what changes from February?",
        "Vad gäller fr.o.m. februari?",
    ],
)
def test_start_dates(text: str) -> None:
    """A question about what begins limits the start date."""
    assert limits(text, 2026, TODAY) == Dates(date(2026, 2, 1), date(2026, 2, 28), starts=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Vad ska vara klart inom 30 dagar?", "inom 30 dagar"),
        ("What is overdue this week?", "this week overdue"),
        ("klart i morgon", "i morgon"),
        ("Hur många barn har förskolan idag?", ""),
        ("Vad ska vara klart i maj?", ""),
    ],
)
def test_counted_from_today(text: str, words: str) -> None:
    """Words that count days from today are told apart, so that an answer can say from which day it counts."""
    assert counts_from_today(text) == words


def test_month_ends_are_kept() -> None:
    """A month from the last of January ends on the last of February."""
    assert limits("inom en månad", 2026, date(2026, 1, 31)) == Dates(date(2026, 1, 31), date(2026, 2, 28))


def test_next_month_over_the_year() -> None:
    """Next month in December is January of the next year."""
    assert limits("nästa månad", 2026, date(2026, 12, 31)) == between((1, 1), (1, 31), 2027)


def test_february_of_a_leap_year() -> None:
    """A month ends on its own last day."""
    assert limits("i februari 2028", 2026, TODAY) == Dates(date(2028, 2, 1), date(2028, 2, 29))


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_any_day(day: date) -> None:
    """Every day as an ISO date is read as itself, and as a limit."""
    assert limits(f"den {day.isoformat()}", 2026, TODAY) == Dates(day, day)
    assert limits(f"senast {day.isoformat()}", 2026, TODAY) == Dates(None, day)


@given(st.text(max_size=80))
def test_limits_read_anything(text: str) -> None:
    """Any text is read without an error, and its first day is never after its last."""
    found = limits(text, 2026, TODAY)
    if found and found.first and found.last and "mellan" not in text and "between" not in text:
        assert found.first <= found.last
