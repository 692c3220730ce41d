"""What is due when: by date, by who is responsible, as a calendar."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from conftest import SAMPLES, Command, Talk, sample
from icalendar import Calendar

from bot.cited import Opened
from bot.deadlines import calendar, deadlines, is_responsible
from retrieval.store.known import Known

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def source() -> Opened:
    plan = sample(SAMPLES / "verksamhetsplan-2026-norrsjo.txt")
    return Opened(Known(1, "norrsjo.txt", plan.description), plan)


def test_in_order(source: Opened) -> None:
    """Every activity and every day that the text names, by day; what has none comes last."""
    found = deadlines([source])
    days = [each.due for each in found if each.due]
    assert days == sorted(days)
    assert sum(each.item is not None for each in found) == len(source.plan.activities)
    assert [each.due for each in found[len(days) :]] == [None] * (len(found) - len(days))


def test_only_in_the_text(source: Opened) -> None:
    """A day that stands in a sentence is told apart from an activity's, and so is a target set in a later report."""
    texts = [each.words for each in deadlines([source]) if each.item is None]
    assert "Alla genomförandeplaner är uppdaterade senast den 15 oktober." in texts
    assert any("fastställs i tertialrapport 1" in words for words in texts)
    assert not any(each.item is None and each.responsible for each in deadlines([source]))


def test_filters(source: Opened) -> None:
    """Days are included at both ends; who is responsible is found in any form of the name."""
    found = deadlines([source], date(2026, 6, 30), date(2026, 6, 30))
    assert {each.due for each in found} == {date(2026, 6, 30)}
    assert {each.responsible[-1] for each in deadlines([source], who="polisens")} == {"polisen"}
    assert is_responsible("stadsdelsnämnden", ["Norrsjö stadsdelsnämnd"])
    assert not is_responsible("nämnd", ["Norrsjö stadsdelsnämnd"])
    assert not is_responsible("och", ["kajer och bryggor"])


def test_calendar(source: Opened) -> None:
    """The calendar holds each dated activity once, as a whole day, escaped, and folds to 75 bytes a line."""
    found = deadlines([source])
    content = calendar(found, "https://plan.example", NOW)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == len(source.plan.activities)
    assert len({str(event["UID"]) for event in events}) == len(events)
    by_words = {str(event["DESCRIPTION"]).split("\n")[0]: event for event in events}
    activity = source.plan.activities[0]
    event = by_words[activity.text]
    assert event.decoded("DTSTART") == activity.end
    assert str(event["URL"]).startswith("https://plan.example/documents/norrsjo.txt?from=")


def test_calendar_moves_what_is_moved(source: Opened) -> None:
    """An activity with another day keeps its identity, so that a calendar replaces it."""
    from dataclasses import replace

    first = next(each for each in deadlines([source]) if each.item)
    moved = replace(first, due=date(2026, 12, 24))
    uids = [Calendar.from_ical(calendar([each], None, NOW)).walk("VEVENT")[0]["UID"] for each in (first, moved)]
    assert uids[0] == uids[1]


# In a conversation


def test_command(talk: Talk) -> None:
    """The command tells what is due from today on, with citations, a table, and what the text says apart."""
    reply = talk("tidsfrister")
    assert reply.text.startswith("Tidsfrister från 2026-03-01, Norrsjö, verksamhetsplan 2026 (61):")
    assert "Står bara i planens text:" in reply.text
    assert "… och 41 till" in reply.text
    assert reply.table is not None
    assert len(reply.table.rows) == 20
    assert [each.text for each in reply.suggestions][:2] == ["tidsfrister ics", "tidsfrister Förvaltningen"]


def test_command_by_responsible_and_days(talk: Talk) -> None:
    """What follows the command is who is responsible, or days; a question that begins alike stays a question."""
    assert "för polisen" in talk("tidsfrister polisen").text
    assert (
        "till 2026-06-24" in talk("/deadlines before midsummer").text
        or "to 2026-06-24" in talk("/deadlines before midsummer").text
    )
    assert "Ingen tidsfrist för rymdstyrelsen" in talk("/tidsfrister rymdstyrelsen").text
    assert "Deadlines" not in talk("deadlines for the moon landing").text


def test_command_as_calendar(talk: Talk) -> None:
    """The calendar is a file that comes with the reply, of the whole plan."""
    (file,) = talk("deadlines ics").files
    assert (file.name, file.media_type) == ("plansvar.ics", "text/calendar")
    assert len(Calendar.from_ical(file.content).walk("VEVENT")) == 53


def test_after_the_year(talk: Talk) -> None:
    """When nothing is due any more, what was due is told."""
    talk.conversation.asker.answerer.reader.clock = lambda: date(2029, 1, 1)
    assert "(62)" in talk("tidsfrister").text


# The command line


def test_command_line(plansvar: Command, samples: Path) -> None:
    """The command shows a table by the same filters as the chats."""
    out = plansvar("deadlines", "--from", "2026-06-30", "--to", "2026-06-30", "--responsible", "stadsdelsnämnden").out
    assert "2026-06-30" in out
    assert "2026-12-31" not in out
    assert "kulturkaj" in out
    assert plansvar("deadlines", "--from", "2031-01-01").out.strip() == "No deadlines."


def test_command_line_days_in_words(plansvar: Command, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Days may be written as people say them, counted from the day that is set."""
    monkeypatch.setenv("PLANSVAR_TODAY", "2026-04-20")
    out = plansvar("deadlines", "within 30 days").out
    assert "2026-04-30" in out
    assert "2026-06-30" not in out
    assert "2026-03-15" in plansvar("deadlines", "försenat").out
    assert plansvar("deadlines", "someday").code == 2
    assert "2031" in plansvar("deadlines", "overdue", "--year", "2031").err


def test_command_line_files(plansvar: Command, samples: Path, tmp_path: Path) -> None:
    """A calendar and a CSV file are written, with who and where each stands."""
    book, sheet = tmp_path / "a.ics", tmp_path / "a.csv"
    assert plansvar("deadlines", "--ics", book).code == 0
    assert len(Calendar.from_ical(book.read_bytes()).walk("VEVENT")) == 53
    assert plansvar("deadlines", "--csv", sheet, "--responsible", "Förvaltningen").code == 0
    rows = list(csv.DictReader(sheet.read_text(encoding="utf-8").splitlines(keepends=True)))
    assert rows
    assert all(row["responsible"].startswith("Förvaltningen") and row["quote"] for row in rows)


def test_command_line_mistakes(plansvar: Command, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can't be done is one line that says how it can."""
    for arguments, told in (
        (("--from", "midsommar"), "2026-03-01"),
        (("--ics", "a", "--csv", "b"), "only one"),
        (("--organisation", "Kalix"), "Norrsjö"),
    ):
        ran = plansvar("deadlines", *arguments)
        assert ran.code == 2
        assert told in ran.err
        assert ran.err.count("\n") == 1
    monkeypatch.delenv("PLANSVAR_ORGANISATION")
    assert "--organisation" in plansvar("deadlines").err
