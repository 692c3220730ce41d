"""What has a time within the days asked about, whatever it is; and the first, last and longest of the activities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from test_answer import LEXICON, Plans

from ingest.plan import Activity, Description, Origin, Passage, Period, Plan, Section, TableCell, TableRow
from ingest.source import Span
from retrieval.answer import Answerer
from retrieval.evidence.answer_types import Answer

_LINES = (
    "Norrsjö verksamhetsplan 2026",
    "Lokaler",
    "Fiskhamnen Förskolan töms i februari 2026.",
    "Tångvägen 3 Avtalet löper ut sommaren 2028.",
    "Strandgården Ny förskola öppnar Q1 2026.",
    "Sjöboden Utredning pågår.",
    "Upphandling",
    "Förvaltningen deltar i flera gemensamma upphandlingar varje år.",
    "Upphandlingar som pågår avser lokalvård, måltider och larm.",
    "Under våren visas teater på biblioteken.",
    "Loppis hålls den 12 mars.",
    "Bygga brygga 2026-01-01 2026-06-30",
    "Utreda bad 2025-05-01 2027-03-31",
    "Plantera träd 2026-09-01 2026-10-31",
    "Mars 981",
    "Ormbacken Taket läggs om Maj–augusti 2026.",
    "Kajen får grind från den 1 april.",
    "Rensa bojar",
    "Måla slussen 2026-03-01",
)


def _span(n: int) -> Span:
    start = sum(len(line) + 1 for line in _LINES[:n])
    return Span(start, start + len(_LINES[n]))


def _row(n: int, name: str) -> TableRow:
    words = _LINES[n].removeprefix(name).strip()
    cell = TableCell("Kommentar", None, None, words, None, _span(n))
    return TableRow("rows", "Lokaler", name, None, (cell,), Origin(0, (_span(n),)))


def _month(n: int, name: str) -> TableRow:
    cell = TableCell("Barn", None, None, "981", Decimal(981), _span(n))
    return TableRow("rows", "Barn månad för månad", name, None, (cell,), Origin(0, (_span(n),)))


def _activity(n: int, start: date | None, end: date | None, *responsible: str) -> Activity:
    return Activity(_LINES[n].split(" 20")[0], responsible, start, end, Origin(None, (_span(n),)))


PLAN = Plan(
    Description("Verksamhetsplan", "Norrsjö", period=Period(date(2026, 1, 1), date(2026, 12, 31))),
    "\n".join(_LINES),
    sections=(Section("Lokaler", "", "", 1, None, _span(1)), Section("Upphandling", "", "", 1, None, _span(6))),
    passages=tuple(Passage(_LINES[n], Origin(1, (_span(n),))) for n in (7, 8, 9, 10, 16)),
    activities=(
        _activity(11, date(2026, 1, 1), date(2026, 6, 30), "Rektor"),
        _activity(12, date(2025, 5, 1), date(2027, 3, 31)),
        _activity(13, date(2026, 9, 1), date(2026, 10, 31), "Biträdande rektor"),
        _activity(17, None, None),
        _activity(18, date(2026, 3, 1), None),
    ),
    rows=(
        _row(2, "Fiskhamnen"),
        _row(3, "Tångvägen 3"),
        _row(4, "Strandgården"),
        _row(5, "Sjöboden"),
        _row(15, "Ormbacken"),
        _month(14, "Mars"),
    ),
)


def ask(question: str) -> Answer:
    return Answerer(Plans({"plan.txt": PLAN}), LEXICON, lambda: date(2026, 3, 1)).answer(question)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Vilka lokalförändringar sker under första kvartalet?", {"Fiskhamnen", "Strandgården"}),
        ("What happens with our premises in the first quarter?", {"Fiskhamnen", "Strandgården"}),
        ("Vilka lokaler händer det något med redan i februari?", {"Fiskhamnen"}),
        ("Vilka aktiviteter under målen har tidplan i juni eller tidigare?", {"Bygga brygga"}),
        ("Vilka avtal löper ut, och när?", {"Tångvägen 3"}),
        ("Vilka aktiviteter är inte klara förrän 2027?", {"Utreda bad"}),
        ("Vilka aktiviteter drar över årsskiftet?", {"Utreda bad"}),
        ("Which activities continue into 2027?", {"Utreda bad"}),
        ("Vilka aktiviteter börjar efter sommaren?", {"Plantera träd"}),
        ("Vad ska rektor ha klart före juli? Jobbar där och måste planera båtar.", {"Bygga brygga"}),
        ("What do we have to get done before July, and who leads each thing?", {"Bygga brygga"}),
        ("Vad ska vara klart före november, och vem ansvarar?", {"Bygga brygga", "Plantera träd"}),
        ("Finns det nån lokal på listan där avtalet löper ut efter 2027?", {"Tångvägen 3"}),
        ("Vilken aktivitet blir klar först?", {"Bygga brygga"}),
        ("Which activity ends last?", {"Utreda bad"}),
        ("Vilken aktivitet har pågått längst?", {"Utreda bad"}),
        ("Vilka lokaler öppnas eller töms under första kvartalet?", {"Fiskhamnen", "Strandgården"}),
        ("Which premises do we open, empty or move out of in January-March?", {"Fiskhamnen", "Strandgården"}),
        ("Finns det aktiviteter som inte fått några datum alls, vilka?", {"Rensa bojar"}),
        ("Which activities have no end date?", {"Rensa bojar", "Måla slussen"}),
        ("Vilka aktiviteter saknar tidplan?", {"Rensa bojar"}),
        ("Finns det nån aktivitet i tabellen som inte fått datum?", {"Rensa bojar"}),
        ("Vilka aktiviteter håller på in i 2027 och slutar först då?", {"Utreda bad"}),
        ("Vad måste vi ha fått klart före november, och vem leder respektive sak?", {"Bygga brygga", "Plantera träd"}),
        ("Vad ska vi hinna med innan sommaren?", {"Bygga brygga"}),
        ("What do we need to have wrapped up by the end of October?", {"Bygga brygga", "Plantera träd"}),
        ("Vilka utredningsuppdrag är inte klara förrän nästa år?", {"Utreda bad"}),
        ("Finns det sånt som drog igång redan tidigare år, vad är det för aktiviteter?", {"Utreda bad"}),
        ("Nearly everything ends in October. Which activities have an earlier end date?", {"Bygga brygga"}),
        ("Vilka aktiviteter slutar inte den 31 oktober?", {"Bygga brygga", "Utreda bad"}),
        ("Saknar någon av aktiviteterna i tabellen datum?", {"Rensa bojar"}),
        ("Which tasks have no end date, that is, are ongoing?", {"Rensa bojar", "Måla slussen"}),
        ("aktiviteter som saknar datum helt och hållet, vilka är det?", {"Rensa bojar"}),
        ("Vad händer i lokalerna i februari, och vem gör vad?", {"Fiskhamnen"}),
        ("Kan du plocka fram de aktiviteter som slutar i juni?", {"Bygga brygga"}),
        ("Which premises are opened or cleared out in January-March?", {"Fiskhamnen", "Strandgården"}),
        ("Vilka uppdrag ska redovisas i oktober?", {"Plantera träd"}),
    ],
)
def test_dated_things(question: str, told: set[str]) -> None:
    """A filter by time tells what of the kind asked about has a time in those days, and nothing else."""
    answer = ask(question).answer
    names = {
        "Fiskhamnen",
        "Tångvägen 3",
        "Strandgården",
        "Sjöboden",
        "Ormbacken",
        "Bygga brygga",
        "Utreda bad",
        "Plantera träd",
        "Rensa bojar",
        "Måla slussen",
    }
    assert {name for name in names if name in answer} == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Vilka lokaler berörs i juli?", True),
        ("What happens with our premises in July?", True),
        ("Vad börjar i lokalerna i juli?", False),
    ],
)
def test_what_goes_on(question: str, told: bool) -> None:
    """What goes on from one month to another is told of a month between, unless what starts then is asked."""
    assert ("Ormbacken" in ask(question).answer) is told


@pytest.mark.parametrize(
    "question",
    [
        "Vad ändras från och med den 1 april?",
        "what changes from 1 April",
        "Den 1 april, vad händer då i verksamheten?",
        "What tasks are added as of 1 April?",
    ],
)
def test_the_very_day(question: str) -> None:
    """What holds from a day on is what names that day, though the question names no subject."""
    assert [c.quote for c in ask(question).citations] == ["Kajen får grind från den 1 april."]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Vilka månader har rektor något i kalendern?", "Bygga brygga"),
        ("what is the biträdande rektor responsible for", "Plantera träd"),
    ],
)
def test_assigned(question: str, told: str) -> None:
    """What somebody has to do is the activities that have that role, and not those of a role whose name holds it."""
    assert [c.quote for c in ask(question).citations] == [line for line in _LINES if line.startswith(told)]


@pytest.mark.parametrize(
    "question", ["Vad händer under första kvartalet?", "What happens in March?", "Vad sker i mars?"]
)
def test_figures_of_a_month(question: str) -> None:
    """The figure of a month is nothing that has its time then."""
    assert "981" not in ask(question).answer


def test_several_subjects() -> None:
    """A question about several subjects with one condition is answered for each."""
    answer = ask("Teater och loppis – vad av det är planerat till våren?").answer
    assert "teater på biblioteken" in answer
    assert "12 mars" in answer


def test_enumeration() -> None:
    """A list question is answered by the sentence that counts up what it asks for, before others on the subject."""
    answer = ask("Vilka upphandlingar är på gång enligt uppdragen?").answer
    assert answer.startswith("Upphandlingar som pågår avser lokalvård, måltider och larm.")


@pytest.mark.parametrize(
    "question", ["Vilka B-uppdrag ska vara klara före juli?", "which tasks (B) are due before July?"]
)
def test_activities_of_a_letter(question: str) -> None:
    """A letter names the activities that have a number after it."""
    lines = "B1 Bygga brygga 2026-05-31", "B2 Bygga bastu 2026-09-30", "K1 Köpa båt 2026-05-31"
    text = "\n".join(lines)
    spans = [Span(text.index(line), text.index(line) + len(line)) for line in lines]
    activities = tuple(
        Activity(line[:-11], (), None, date.fromisoformat(line[-10:]), Origin(None, (span,)))
        for line, span in zip(lines, spans, strict=True)
    )
    plan = Plan(PLAN.description, text, (), (), (), activities=activities)
    answer = Answerer(Plans({"plan.txt": plan}), LEXICON, lambda: date(2026, 3, 1)).answer(question)
    assert [c.quote for c in answer.citations] == [lines[0]]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which two things must we do by 31 December under goal 1.4.2, Vattnet?", ["Rensa diken 2026-12-31"]),
        ("Vad ska göras senast i november under mål 1.4.2?", []),
        ("Vilka aktiviteter under målet om rent vatten ska vara klara före nyår?", ["Rensa diken 2026-12-31"]),
        ("Vad ska vara gjort till nyårsafton under målet att byn växer?", ["Bygga hus 2026-05-31"]),
        ("Vilka aktiviteter om diken (målet om rent vatten) ska vara klara före nyår?", ["Rensa diken 2026-12-31"]),
        ("Vilka vattengrejer ska vara klara i december?", ["Rensa diken 2026-12-31"]),
    ],
)
def test_activities_under_a_goal(question: str, told: list[str]) -> None:
    """A goal's number, or what it is about, limits what is due by a day to what stands under it."""
    lines = "1.4.2 Vattnet är rent", "Rensa diken 2026-12-31", "1.4.3 Byn växer", "Bygga hus 2026-05-31"
    text = "\n".join(lines)
    spans = [Span(text.index(line), text.index(line) + len(line)) for line in lines]
    sections = tuple(Section(lines[n][6:], "Nämndmål", lines[n][:5], 1, None, spans[n]) for n in (0, 2))
    activities = tuple(
        Activity(lines[n][:-11], (), None, date.fromisoformat(lines[n][-10:]), Origin(section, (spans[n],)))
        for section, n in ((0, 1), (1, 3))
    )
    plan = Plan(PLAN.description, text, sections=sections, activities=activities)
    answer = Answerer(Plans({"plan.txt": plan}), LEXICON, lambda: date(2026, 3, 1)).answer(question)
    assert ([] if "under 1.4.2" in answer.answer else [c.quote for c in answer.citations]) == told


def _told_of(lines: tuple[str, ...], question: str, **parts: tuple[object, ...]) -> list[str]:
    """What is cited of a plan of some lines."""
    plan = replace(Plan(PLAN.description, "\n".join(lines)), **parts)  # type: ignore[arg-type]
    answer = Answerer(Plans({"plan.txt": plan}), LEXICON, lambda: date(2026, 3, 1)).answer(question)
    return [c.quote for c in answer.citations]


def _spans(lines: tuple[str, ...]) -> list[Span]:
    text = "\n".join(lines)
    return [Span(text.index(line), text.index(line) + len(line)) for line in lines]


@pytest.mark.parametrize(
    "question", ["Which grants have their last application date in March?", "Ansökan i mars, vilka bidrag?"]
)
def test_date_of_the_column_asked_about(question: str) -> None:
    """Of a row's dates it is the one whose column a question names."""
    lines = ("Bidrag", "Båtbidrag 1 mars 2026 30 april 2026", "Bojbidrag 31 januari 2026 15 mars 2026")
    spans = _spans(lines)
    rows = tuple(
        TableRow(
            "rows", "Bidrag", line.split()[0], None,
            (
                TableCell("Sista ansökningsdag", None, None, " ".join(line.split()[1:4]), None, span),
                TableCell("Beslut", None, None, " ".join(line.split()[4:]), None, span),
            ),
            Origin(0, (span,)),
        )
        for line, span in zip(lines[1:], spans[1:], strict=True)
    )  # fmt: skip
    section = Section("Bidrag", "", "", 1, None, spans[0])
    assert _told_of(lines, question, sections=(section,), rows=rows) == [lines[1]]


def test_assignments_of_the_council() -> None:
    """What the council has asked for is what stands under the heading that says so."""
    lines = ("Uppdrag från kommunfullmäktige", "Utreda hamnen 2026-05-31", "Egna uppdrag", "Laga kajen 2026-05-31")
    spans = _spans(lines)
    sections = tuple(Section(lines[n], "", "", 1, None, spans[n]) for n in (0, 2))
    activities = tuple(
        Activity(lines[n][:-11], (), None, date(2026, 5, 31), Origin(section, (spans[n],)))
        for section, n in ((0, 1), (1, 3))
    )
    question = "Vilka uppdrag från kf ska redovisas senast i maj?"
    assert _told_of(lines, question, sections=sections, activities=activities) == [lines[1]]


@pytest.mark.parametrize(
    "question", ["Vad har hamnen sökt medel för?", "What has the harbour applied for money for, and how much each?"]
)
def test_sentences_that_are_alike(question: str) -> None:
    """Sentences that begin alike answer together what each of them answers."""
    lines = ("Medel", *(f"Medel söks för {what} med 2,0 mnkr." for what in ("boj", "kaj", "kran", "fyr")))
    spans = _spans(lines)
    section = Section("Medel", "", "", 1, None, spans[0])
    passages = tuple(Passage(line, Origin(0, (span,))) for line, span in zip(lines[1:], spans[1:], strict=True))
    assert _told_of(lines, question, sections=(section,), passages=passages) == [*lines[1:]]


@pytest.mark.parametrize(
    "question", ["Hur minskar hamnen sin miljöpåverkan i vardagen?", "What do we do to cut our environmental impact?"]
)
def test_way_of_working(question: str) -> None:
    """How a goal is worked for is what stands under that below its heading."""
    lines = ("Hamnen minskar sin miljöpåverkan", "Arbetssätt", "Vi sorterar skräp.", "Vi cyklar.", "Vardagen är lugn.")
    spans = _spans(lines)
    sections = (
        Section(lines[0], "Enhetsmål", "", 1, None, spans[0]),
        Section(lines[1], "", "", 2, 0, spans[1]),
    )
    passages = tuple(Passage(lines[n], Origin(s, (spans[n],))) for n, s in ((2, 1), (3, 1), (4, None)))
    assert _told_of(lines, question, sections=sections, passages=passages) == ["Vi sorterar skräp.", "Vi cyklar."]


@pytest.mark.parametrize(
    ("question", "note"),
    [("När ska bojarna rensas?", "Planen har inget datum för det."), ("När ska bryggan byggas?", "")],
)
def test_activity_without_a_date(question: str, note: str) -> None:
    """That an activity has no date is said where a question asks when it is done."""
    answer = ask(question).answer
    assert note in answer
    assert ("inget datum" in answer) is bool(note)


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        ("Vilka aktiviteter slutar 2026?", True),
        ("Vilka aktiviteter om tullkontroll slutar 2026?", False),
    ],
)
def test_all_of_a_year_is_no_answer(question: str, listed: bool) -> None:
    """Where something is named that no activity is on, all that end in the year are not told in its place."""
    lines = tuple(f"Stryka bojen i vik {n} 2026-01-01 2026-12-31" for n in range(1, 31))
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    activities = tuple(
        Activity(line.partition(" 2026")[0], (), first, last, Origin(None, (span,)))
        for line, span in zip(lines, _spans(lines), strict=True)
    )
    assert any("bojen" in told for told in _told_of(lines, question, activities=activities)) is listed
