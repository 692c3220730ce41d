"""Goal tables, headings and pages as other municipalities set them: each form that has broken the reading."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from test_flattened import PROSE, read, source, spaced

from ingest.furniture import without_furniture
from ingest.goal_columns import header_in, kinds_of
from ingest.plan import Plan
from ingest.read import read_plan
from ingest.when import stretch


def activities(plan: Plan) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [(a.text, a.responsible, a.end.isoformat() if a.end else None) for a in plan.activities]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Indikator Utfall 2029 Mål 2031Nämndens mål", ["indicator", "outcome", "council", "target"]),
        ("Indikator Årsmål KF:s årsmål Periodicitet", ["indicator", "target", "council", "period"]),
        ("Mått Utfall Målvärde Källa", ["indicator", "outcome", "target", "source"]),
        (
            "Indikator Mål till 30 juni 2031 Helårsmål KF:s årsmål Periodicitet",
            ["indicator", "target", "target", "council", "period"],
        ),
        ("Mått Mål jan–jun 2031 Årsmål 2031", ["indicator", "target", "target"]),
        ("Uppdrag Ansvarig Klart", ["activity", "who", "end"]),
        ("Åtgärd Ansvar Tidplan Status", ["activity", "who", "end", "status"]),
    ],
)
def test_header_words_tell_what_columns_hold(words: str, kinds: list[str]) -> None:
    """Each word of a header belongs to a column; a target beside the board's own is the council's."""
    names = header_in(words)
    assert names is not None
    assert kinds_of(names)[1] == kinds


@pytest.mark.parametrize(
    "words", ["Uppdrag till nämnden", "Åtgärd Effekt 2031, tkr Ansvarig", "uppdrag ansvarig klart"]
)
def test_other_words_are_no_header(words: str) -> None:
    """A heading, a table of amounts and words of a sentence are no header of a goal's table."""
    assert header_in(words) is None


@pytest.mark.parametrize(
    ("written", "end"),
    [
        ("2031-05-01", date(2031, 5, 1)),
        ("2031-02", date(2031, 2, 28)),
        ("våren 2032", date(2032, 6, 30)),
        ("Q2", date(2031, 6, 30)),
        ("T1", date(2031, 4, 30)),
        ("30/6", date(2031, 6, 30)),
        ("juni 2030", date(2030, 6, 30)),
        ("mars–maj", date(2031, 5, 31)),
        ("senast den 15 maj", date(2031, 5, 15)),
        ("2031–2032", date(2032, 12, 31)),
        ("löpande", None),
        ("2031-02-30", None),
    ],
)
def test_last_day_of_a_time_in_words(written: str, end: date | None) -> None:
    """A time without a year is in the plan's; one that ends on no day has none."""
    days = stretch(written, 2031)
    assert (days and days[1]) == end


def test_who_answers_is_told_from_the_text() -> None:
    """A new line, an office, or a name that answers for something else too begins the cell; "vår" ends no row of it."""
    plan = read(
        PROSE
        + """
Uppdrag Ansvarig
Klart

Måla bryggan i Norra hamnen Hamnchefen 2031-05-01
Räkna bojar vår och höst
Ebba Sjölin

2031-10-25
Bygga en kran på Lilla kajen Ebba Sjölin 2031-08-30
Teckna avtal (KF) Inköp och juridik 2031-09-01
"""
    )
    assert activities(plan) == [
        ("Måla bryggan i Norra hamnen", ("Hamnchefen",), "2031-05-01"),
        ("Räkna bojar vår och höst", ("Ebba Sjölin",), "2031-10-25"),
        ("Bygga en kran på Lilla kajen", ("Ebba Sjölin",), "2031-08-30"),
        ("Teckna avtal (KF)", ("Inköp och juridik",), "2031-09-01"),
    ]


def test_council_target_and_earlier_outcome() -> None:
    """A dash is an empty cell, and what was measured before is kept with its column's name."""
    plan = read(
        PROSE + "Indikator Utfall\n2029\nMål 2031 Nämndens\nmål\nAndel hela bryggor 78 % – 82 %\n"
        "Antal gäster som möts inom 14 dagar\n1 500 2 400 2 500\n"
    )
    found = [(i.name, i.target, i.council_target, [(o.column, o.written) for o in i.outcomes]) for i in plan.indicators]
    assert found == [
        ("Andel hela bryggor", "82 %", None, [("Utfall 2029", "78 %")]),
        ("Antal gäster som möts inom 14 dagar", "2 500", "2 400", [("Utfall 2029", "1 500")]),
    ]


def test_year_in_a_name_is_no_period() -> None:
    """A lower-case "år" that ends a line of a name ends no row."""
    plan = read(PROSE + "Indikator Årsmål KF:s årsmål Periodicitet\nAndel båtar kvar efter ett år\n80 % 75 % År\n")
    assert [(i.name, i.target) for i in plan.indicators] == [("Andel båtar kvar efter ett år", "80 %")]


def test_activities_of_a_dated_list() -> None:
    """Items under "Aktiviteter" that end in a time are activities, with who answers for them before it."""
    plan = read(
        PROSE + "\nAktiviteter\n• Måla bryggan (klart 30/6)\n• Räkna bojar, Hamnenheten, våren 2031\n"
        "• Hålla öppet hus – senast 2031-10-01\n"
    )
    assert activities(plan) == [
        ("Måla bryggan", (), "2031-06-30"),
        ("Räkna bojar", ("Hamnenheten",), "2031-06-30"),
        ("Hålla öppet hus", (), "2031-10-01"),
    ]


def test_numbered_headings_nest() -> None:
    """Without a goal ladder the numbers tell which heading is part of which."""
    text = "".join(f"{heading}\n\n{PROSE}\n" for heading in ("1 Inledning", "1.1 Uppdrag", "2 Mål", "2.1 Kajer"))
    plan = read(text)
    assert [plan.path(n) for n in range(4)] == [
        "1 Inledning",
        "1 Inledning › 1.1 Uppdrag",
        "2 Mål",
        "2 Mål › 2.1 Kajer",
    ]


def test_numbered_labels_of_a_ladder() -> None:
    """A rung's number may stand between its label and the colon."""
    plan = read(f"Kommunfullmäktiges mål 1: Hamnen är öppen\n\n{PROSE}\nNämndens mål HN 2: Kajen är hel\n\n{PROSE}")
    assert [(s.number, s.title, s.parent) for s in plan.sections] == [
        ("1", "Hamnen är öppen", None),
        ("HN 2", "Kajen är hel", 0),
    ]


def test_footer_and_header_that_meet_part_two_pages() -> None:
    """Of two numbers with no text between, the first closes its page and the second opens its own."""
    text = "Kajer.\nLerviks hamn 4 (9)\nLerviks hamn 5 (9)\nFyrar.\nBojar.\nLerviks hamn 5 (9)\n"
    found = without_furniture(source(text))
    assert [text[line.start : line.end] for line in found.lines()] == ["Kajer.", "Fyrar.", "Bojar."]
    labels = {page.label for page in found.pages if page.start <= text.index("Fyrar") < page.end}
    assert labels == {"5"}


def test_contents_are_no_text_and_tell_pages() -> None:
    """A list of contents is left out; a heading it names begins its page where the printed numbers leave that open."""
    entries = "Innehåll\nInledning ........ 3\nKajer ........ 4\nFyrar ........ 4\n"
    text = f"{entries}2 (9)\n3 (9)\nInledning\n{PROSE}Kajer\n{PROSE}Fyrar\n{PROSE}4 (9)\n"
    found = without_furniture(source(text))
    assert next(text[line.start : line.end] for line in found.lines()) == "Inledning"
    at = text.rindex("Kajer")
    assert [page.label for page in found.pages if page.start <= at < page.end] == ["4"]


def test_activities_without_dates() -> None:
    """A line that ends where the next word had room is a row of its own, also the last one above another goal."""
    text = f"""Nämndmål: Hamnen är öppen
{PROSE}
Aktivitet Startdatum Slutdatum
Måla bryggan
Laga trappan vid norra kajen och dess båda räcken
2031-01-15 2031-05-31
Ta fram en plan tillsammans med föreningarna i
Lervik
2031-02-01 2031-06-30
Köpa in en båt som tar tolv
passagerare

Nämndmål: Hamnen är ren
{PROSE}"""
    plan = read(text)
    assert activities(plan) == [
        ("Måla bryggan", (), None),
        ("Laga trappan vid norra kajen och dess båda räcken", (), "2031-05-31"),
        ("Ta fram en plan tillsammans med föreningarna i Lervik", (), "2031-06-30"),
        ("Köpa in en båt som tar tolv passagerare", (), None),
    ]
    assert {plan.sections[each.origin.section or 0].title for each in plan.activities} == {"Hamnen är öppen"}


def test_one_target_with_a_space_in_its_thousands() -> None:
    """ "1 500 st" is no "1" beside "500 st": of one figure nothing tells whose target it is."""
    text = f"""{PROSE}
Indikator Årsmål KF:s årsmål Periodicitet
Antal båtar 450 st 9 500 st År
Antal gäster 1 500 st År

{PROSE}"""
    assert [(i.name, i.target, i.council_target) for i in read(text).indicators] == [
        ("Antal båtar", "450 st", "9 500 st"),
        ("Antal gäster", None, None),
    ]


def spaced_rows(*rows: str) -> str:
    """A table as an extraction leaves it that sets each row apart, and ends the table with two blank lines."""
    return "\n\n".join(rows) + "\n\n\n"


@pytest.mark.parametrize(
    "whose", ["KF:s", "Kommunfullmäktiges", "Nämndens", "Förvaltningens", "Stadens", "Avdelningens"]
)
def test_goal_tables_name_whose_they_are(whose: str) -> None:
    """ "KF:s aktiviteter" and "Förvaltningens indikatorer" head such tables as plain "Aktivitet" does."""
    plan = read(
        PROSE
        + f"{whose} aktiviteter Startdatum Slutdatum\nHamnnämnden ska måla bryggan 2031-01-01 2031-05-31\n\n"
        + f"{whose} indikatorer Årsmål Utfall 2030 Periodicitet\nAndel hela bojar 90 % 84 % År\n"
    )
    assert activities(plan) == [("Hamnnämnden ska måla bryggan", ("Hamnnämnden",), "2031-05-31")]
    assert [(i.name, i.target) for i in plan.indicators] == [("Andel hela bojar", "90 %")]


def test_councils_targets_of_several_years() -> None:
    """The plan's year is the council's target, the other years are told with their columns' names."""
    header = "Indikator Årsmål KF:s årsmål 2031 KF:s årsmål 2032 KF:s årsmål 2033 Periodicitet"
    plan = read(
        f"Verksamhetsplan 2031\n{PROSE}{header}\nAntal båtar 840 840 1 100 1 300 År\nAndel bojar 4 % 5 % 6 % 7 % År\n"
    )
    assert [(i.target, i.council_target, [o.written for o in i.outcomes]) for i in plan.indicators] == [
        ("840", "840", ["1 100", "1 300"]),
        ("4 %", "5 %", ["6 %", "7 %"]),
    ]


@pytest.mark.parametrize(
    ("figures", "cells"),
    [
        ("840 1 100 1 300", ["840", "1 100", "1 300"]),
        ("98 400 102 300 104 000", ["98 400", "102 300", "104 000"]),
        ("165 214 190", ["165", "214", "190"]),
    ],
)
def test_figures_that_spaces_part_are_alike_in_size(figures: str, cells: list[str]) -> None:
    """Spaces part thousands as they part columns: a row's figures are those nearest each other."""
    plan = read(f"{PROSE}Indikator Årsmål Utfall 2029 Utfall 2030 Periodicitet\nAntal båtar {figures} År\n")
    (found,) = plan.indicators
    assert [found.target, *(o.written for o in found.outcomes)] == cells


@pytest.mark.parametrize("ending", ["inom\n14 dagar", "inom 14 dagar", "högst\n20 minuter från hamnen"])
def test_time_limit_belongs_to_the_name(ending: str) -> None:
    """A name doesn't end in "inom"; the one value left may be either column's, which is reported."""
    plan = read(
        PROSE
        + spaced_rows(
            " Indikator Årsmål\nKF:s\nårsmål\n \nPeriodicitet",
            " Andel båtar 84 % 86 % År",
            f" Andel svar {ending}\n95 % År",
        )
    )
    assert [(i.name, i.target, i.council_target) for i in plan.indicators] == [
        ("Andel båtar", "84 %", "86 %"),
        (" ".join(f"Andel svar {ending}".split()), None, None),
    ]
    assert any("one value for two columns" in unplaced.reason for unplaced in plan.unplaced)


def test_words_for_a_value_that_wrap_leave_the_empty_cells_after_them() -> None:
    """Where pages leave their feet, a line that begins with a space tells of an empty cell and of no page's end."""
    rows = [
        " Indikator Årsmål Utfall 2029 Prognos 2030 Periodicitet",
        " Antal bojar 40 32 34 År",
        " Andel nöjda båtägare Fastställs i\ntertialrapport 2\n   År",
        " Andel hela kajer Tas fram av\nnämnden\n 52 % År",
    ]
    places = ("fyren", "bryggan", "slussen")
    pages = "".join(f"Vid {place} sker inget.\n\nLerviks hamn {n} (9)\n\n" for n, place in enumerate(places, 1))
    plan = read(f"{pages}{PROSE}\n{spaced_rows(*rows)}Lerviks hamn 4 (9)\n")
    assert [(i.target, [o.written for o in i.outcomes], i.period) for i in plan.indicators] == [
        ("40", ["32", "34"], "År"),
        ("Fastställs i tertialrapport 2", [], "År"),
        ("Tas fram av nämnden", ["52 %"], "År"),
    ]


def test_year_among_days_is_no_time() -> None:
    """Where a table's times are days, a year ends a text or a heading; a last row may have no time at all."""
    rows = [" Aktivitet Startdatum Slutdatum", " Måla bryggan i Norra\nhamnen 2031-01-01 2031-05-31"]
    rows.append(" Följa upp målningen från 2029")
    plan = read(f"{PROSE}\n{spaced_rows(*rows)}Båtägarnas svar 2030\n\n{PROSE}\n{PROSE}")
    assert activities(plan) == [
        ("Måla bryggan i Norra hamnen", (), "2031-05-31"),
        ("Följa upp målningen från 2029", (), None),
    ]
    assert [section.title for section in plan.sections] == ["Båtägarnas svar 2030"]


@pytest.mark.parametrize("code", ["N {}", "KF {}", "31:0{}"])
def test_rows_of_a_numbered_table_begin_with_their_number(code: str) -> None:
    """A year that a text ends in is no time of its row: what stands below it has no number, and so is the row's."""
    text = f"""{PROSE}
Nr Uppdrag Ansvarig Tidplan
{code.format(1)} Kartlägga köerna till bryggorna och redovisa
behovet till 2045
Hamnchef
södra kajen
Klart mars 2031
{code.format(2)} Se över avgiften inför 2033
Hamnchef
södra kajen
kv 3 2031
{code.format(3)} Minska spillet genom mätning
Kökschef Löpande

{PROSE}"""
    assert activities(read(text))[:2] == [
        (
            f"{code.format(1)} Kartlägga köerna till bryggorna och redovisa behovet till 2045",
            ("Hamnchef södra kajen",),
            "2031-03-31",
        ),
        (f"{code.format(2)} Se över avgiften inför 2033", ("Hamnchef södra kajen",), "2031-09-30"),
    ]


def test_contents_head_a_text_that_has_pages(tmp_path: Path) -> None:
    """Form feeds part the pages, and the list of contents still tells what is a heading: the table above one ends. A
    commission of a number with a colon in it ("Uppdrag 31:05 ska …") is spoken of, and opens no section."""
    text = f"""Hamnplan 2031
Innehåll
4 Mål .................................... 2
4.1 Politiskt mål: En trygg hamn .................. 2
4.2 Politiskt mål: Rent vatten .................. 2
5 Uppdrag från fullmäktige .................... 3
\f4 Mål
4.1 Politiskt mål: En trygg hamn
{PROSE}
Aktivitet Startdatum Slutdatum Ansvarig Status
Byta bojar 2031-04-02 2031-06-14 Hamnchef Pågående
Måla fyren 2031-08-19 2031-10-31 Hamnchef Planerad
4.2 Politiskt mål: Rent vatten
{PROSE}
Aktivitet Startdatum Slutdatum Ansvarig Status
Rensa viken 2031-04-02 2031-06-14 Hamnchef Pågående
\f5 Uppdrag från fullmäktige
Fullmäktige har gett nämnden två uppdrag.

Nr Uppdrag Återrapportering Ansvarig Status
31:01 Utreda en ny kaj 2031-05-29 Hamnchef Pågående
31:05 Se över avgiften 2031-06-19 Hamnchef Planerad
Uppdrag 31:05 ska omfatta alla båtar. Det är viktigt för hamnen.
"""
    path = tmp_path / "verksamhetsplan-2031-lervik.txt"
    path.write_text(text, encoding="utf-8")
    plan = read_plan(path)
    assert [section.title for section in plan.sections if section.number] == [
        "Mål", "Politiskt mål: En trygg hamn", "Politiskt mål: Rent vatten", "Uppdrag från fullmäktige",
    ]  # fmt: skip
    assert activities(plan)[3:] == [
        ("31:01 Utreda en ny kaj", ("Hamnchef",), "2031-05-29"),
        ("31:05 Se över avgiften", ("Hamnchef",), "2031-06-19"),
    ]


def test_page_that_begins_with_a_rows_figures() -> None:
    """The space before a new page's first line is no empty cell where all cells are filled without it."""
    rows = [" Indikator Årsmål Utfall 2029 Periodicitet", " Andel hela bojar 84 % 80 % År"]
    rows += [" Andel båtar som kommer åter efter en\nsommar", " 83 % 81 % År", " Antal bojar 40 32 År"]
    plan = read(PROSE + spaced_rows(*rows))
    assert [(i.name, i.target, [o.written for o in i.outcomes]) for i in plan.indicators] == [
        ("Andel hela bojar", "84 %", ["80 %"]),
        ("Andel båtar som kommer åter efter en sommar", "83 %", ["81 %"]),
        ("Antal bojar", "40", ["32"]),
    ]


def test_day_after_a_word_that_leads_into_a_number() -> None:
    """ "dag" and a date are no "dag 14"; what stands last without a date before the next goal is an activity too."""
    rows = [" Aktivitet Startdatum Slutdatum", " Fira hamnens dag 2031-05-01 2031-05-26"]
    rows += [" Måla bryggan och den lilla\npiren 2031-06-01 2031-06-30", " Ta fram en rutin för bojar", "Nämndmål:"]
    plan = read(f"{PROSE}\n{spaced_rows(*rows, '1.2 Kajen är hel')}{PROSE}")
    assert [(a.text, a.start and a.start.isoformat()) for a in plan.activities] == [
        ("Fira hamnens dag", "2031-05-01"),
        ("Måla bryggan och den lilla piren", "2031-06-01"),
        ("Ta fram en rutin för bojar", None),
    ]


def test_header_of_four_values_a_line_each() -> None:
    """Names of four columns of values take ten lines; a value in words parts two figures; no goal's label is a row."""
    rows = [
        " Indikator Nämndens\nårsmål\n2031\nKF:s\nårsmål\n2031\nUtfall\n2029\nPrognos\n2030",
        " Antal besök på bryggan 30 000 32 000 inställt 26 500",
        " Antal bojar som kan hyras av dem som\nbor vid kajen 20 tas fram av\nnämnden\n11 16",
    ]
    plan = read(f"{PROSE}\n{spaced_rows(*rows, 'Nämndmål:', '1.2 Kajen är hel')}{PROSE}")
    assert [(i.name, i.target, i.council_target, [o.written for o in i.outcomes]) for i in plan.indicators] == [
        ("Antal besök på bryggan", "30 000", "32 000", ["inställt", "26 500"]),
        ("Antal bojar som kan hyras av dem som bor vid kajen", "20", "tas fram av nämnden", ["11", "16"]),
    ]
    assert [(s.label, s.number) for s in plan.sections] == [("Nämndmål", "1.2")]


def test_last_value_that_is_empty() -> None:
    """Spaces after a row's last figure tell that the last column is empty."""
    rows = [" Nyckeltal\nUtfall\n2029\nUtfall\n2030\nMål\n2031\nMål\n2032", " Bojar, andel hela 66 % 71 % 85 % 90 %"]
    rows += [" Betyg, bryggan 3,3 3,6 3,8  ", " Båtar, antal 9 14 8  "]
    plan = read(f"{PROSE}\n{spaced_rows(*rows)}{PROSE}")
    assert [(i.name, i.target) for i in plan.indicators] == [
        ("Bojar, andel hela", "85 %"),
        ("Betyg, bryggan", "3,8"),
        ("Båtar, antal", "8"),
    ]


def test_space_after_a_lone_day_is_an_empty_end() -> None:
    """A day with a space more after it is when something begins, with one more before it when it ends."""
    rows = r"""
Aktivitet Startdatum Slutdatum
Måla bryggan. 2031-02-01 2031-09-30
Pröva öppen kaj på söndagar. 2031-03-01_
Bygga om hamnkontoret och byta\
dess skyltar.
2031-04-01_
Köpa nya bojar. _2031-12-31
"""
    plan = read(spaced(f"{PROSE}{rows}{PROSE}"))
    assert [(a.start and a.start.month, a.end and a.end.month) for a in plan.activities] == [
        (2, 9),
        (3, None),
        (4, None),
        (None, 12),
    ]


@pytest.mark.parametrize("part", ["Mål till 30 juni 2031", "Mål första halvåret", "Mål T1", "Mål per 30/6"])
def test_target_for_a_part_of_the_year_is_told_by_its_name(part: str) -> None:
    """Of two own targets the year's is the target, and that of a part of it is no year's; alone it is none either."""
    rows = "Andel hela bryggor 85 % 95 % 90 %\n\nAndel torra källare 70 % 72 % 80 %\n\n"
    (first, _) = read(f"{PROSE}\nIndikator {part} Helårsmål KF:s årsmål\n\n{rows}{PROSE}").indicators
    assert (first.target, first.council_target) == ("95 %", "90 %")
    assert [(other.column, other.written) for other in first.outcomes] == [(part, "85 %")]
    rows = "Andel hela bryggor 85 % 90 %\n\nAndel torra källare 70 % 80 %\n\n"
    (first, _) = read(f"{PROSE}\nIndikator {part} KF:s årsmål\n\n{rows}{PROSE}").indicators
    assert (first.target, first.council_target) == (None, "90 %")
    assert [other.written for other in first.outcomes] == ["85 %"]


NUMBERED = """4.1 KF-mål 1.1: Hamnen är öppen för alla
Nr Indikator Utfall
2029
Prognos
2030
Mål
2031
KF:s
mål 2031
Källa
1.1.1 Andel hela bryggor 88,4 % 88,9 % 90 % 91 % Besiktning
1.1.2 Antal båtar i Norra viken som besiktigats inom 12
månader efter sjösättning
3 4 8 FBN Egen mätning
1.1.3 Andel nöjda gäster 80 % 81 % 84 % – Båt-
databas
1.1.4 Antal bojar – 19 FBN 35 Egen mätning
Aktivitet Ansvarig avdelning Start Klart senast Uppdrag från
Måla bryggan i Norra Viken. Kajer, bad och
båtliv
2031-02-01 2031-03-31 Nämnden
Byta bojar. Lotsar 2031-02-01 – KF
Söndagsöppet vid slussen. Kajer, bad och
båtliv
2031-03-01 tills vidare Nämnden
Lots i Norra Viken. Kajer, bad och
båtliv
2031-09-20 2031-09-20 Nämnden
"""


def test_numbered_indicators_are_rows_and_no_headings() -> None:
    """A number begins each row, as headings have them, and words for a target are shortened ("FBN")."""
    plan = read(f"{PROSE}{NUMBERED}{PROSE}")
    assert [(i.name, i.target, i.council_target, i.comment) for i in plan.indicators] == [
        ("1.1.1 Andel hela bryggor", "90 %", "91 %", "Källa: Besiktning"),
        (
            "1.1.2 Antal båtar i Norra viken som besiktigats inom 12 månader efter sjösättning",
            "8",
            "FBN",
            "Källa: Egen mätning",
        ),
        ("1.1.3 Andel nöjda gäster", "84 %", None, "Källa: Båtdatabas"),
        ("1.1.4 Antal bojar", "FBN", "35", "Källa: Egen mätning"),
    ]
    assert [(o.column, o.written) for o in plan.indicators[3].outcomes] == [("Prognos 2030", "19")]
    assert [plan.path(each.origin.section) for each in (plan.indicators[0], plan.activities[0])] == [
        "KF:s mål för verksamhetsområdet 1.1 Hamnen är öppen för alla"
    ] * 2


def test_who_gave_an_activity_ends_its_row() -> None:
    """Who answers for it wraps after a place with a capital, and both are told."""
    assert activities(read(f"{PROSE}{NUMBERED}{PROSE}")) == [
        ("Måla bryggan i Norra Viken. Uppdrag från: Nämnden", ("Kajer, bad och båtliv",), "2031-03-31"),
        ("Byta bojar. Uppdrag från: KF", ("Lotsar",), None),
        (
            "Söndagsöppet vid slussen. Uppdrag från: Nämnden. Klart senast: tills vidare",
            ("Kajer, bad och båtliv",),
            None,
        ),
        ("Lots i Norra Viken. Uppdrag från: Nämnden", ("Kajer, bad och båtliv",), "2031-09-20"),
    ]


def test_year_that_leaves_a_target_open_is_no_target() -> None:
    """ "Fastställs 2032" is one value, whichever the column; "i rapport 1" too."""
    rows = r"""
Indikator Utfall 2029 Prognos 2030 Årsmål KF:s årsmål Periodicitet
Andel hela bryggor 85 % 88 % 95 % 90 % År
Index för båtsmän 71 74 Fastställs\
2032 År
Antal dagar till plats 148 131 90 Fastställs\
i tertial 1 År
"""
    _, index, days = read(spaced(f"{PROSE}{rows}{PROSE}")).indicators
    assert (index.target, index.council_target) == (None, None)
    assert (days.target, days.council_target) == ("90", "Fastställs i tertial 1")
    assert [outcome.written for outcome in days.outcomes] == ["148", "131"]


def test_activity_whose_days_stand_alone_ends_with_them() -> None:
    """Days on a line of their own after a blank line are a row's: another row's name does not go on the one above."""
    rows = r"""
Aktivitet Startdatum Slutdatum
Kurs i frågor om vett för alla lotsar i hamnen, en halv\
dag.
2031-02-01 2031-04-30
Kurs i frågor om vett för alla båtsmän vid kajen, en\
hel dag.
2031-05-01 2031-10-31
Lots utsedd på varje båt. 2031-01-01 2031-01-31
"""
    assert [activity[0] for activity in activities(read(spaced(f"{PROSE}{rows}{PROSE}")))] == [
        "Kurs i frågor om vett för alla lotsar i hamnen, en halv dag.",
        "Kurs i frågor om vett för alla båtsmän vid kajen, en hel dag.",
        "Lots utsedd på varje båt.",
    ]
