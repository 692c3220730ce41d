"""What a plan contradicts itself on: each kind of contradiction is found once, and nothing is that is none."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from conftest import PLAN_TEXT, SAMPLES, Command, sample
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.plan import Activity, Description, Indicator, Origin, Period, Plan, TableCell, TableRow, Unplaced
from ingest.read import read_plan
from ingest.source import Span
from ingest.values import number_in, unit_in, years_in
from retrieval.answer import Answerer
from retrieval.check import check as checking
from retrieval.check.check import KINDS, SEVERITIES, Finding, check
from retrieval.evidence.answer_types import Answer, Draft
from retrieval.evidence.lookup import Facts
from retrieval.language.lexicon import Lexicon
from retrieval.model.verify import verified
from retrieval.question.scope import Scope
from retrieval.store.index import Index
from retrieval.store.known import Known
from retrieval.store.search import Searchable

ROOT = Path(__file__).parents[1]
GRANVALLA = "verksamhetsplan-2026-granvalla-ostmo.txt"
FAITHFUL = [
    pytest.param(file, id=file.name, marks=[pytest.mark.slow] if file.suffix == ".pdf" else [])
    for folder in ("samples", "training/plans")
    for file in sorted((ROOT / folder).iterdir())
    if file.suffix in (".txt", ".docx", ".pdf")
]


def found_in(plan: Plan) -> list[Finding]:
    period = plan.description.period
    return check(Facts(1, plan, period.start.year if period else None))


def seeded(folder: Path, *edits: tuple[str, str]) -> Plan:
    """The plan of Granvalla-Östmo with some of its words replaced, each where they stand first."""
    text = (SAMPLES / GRANVALLA).read_text(encoding="utf-8").replace("\u00a0", " ")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / GRANVALLA
    file.write_text(text, encoding="utf-8")
    return read_plan(file)


# Plans that agree with themselves


@pytest.mark.parametrize("file", FAITHFUL)
def test_no_false_alarm(file: Path) -> None:
    """Nothing is found in a plan whose sums hold, whatever format it is read from."""
    assert [each.words["en"] for each in found_in(sample(file))] == []


def read_right() -> Plan:
    return sample(SAMPLES / "verksamhetsplan-2025-norrsjo.txt")


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_misreading_is_no_contradiction(data: st.DataObject) -> None:
    """A row or a cell that the reading lost breaks a sum, but the plan's text shows that there is more to it."""
    plan = read_right()
    rows = list(plan.rows)
    n = data.draw(st.sampled_from([n for n, row in enumerate(rows) if any(c.number is not None for c in row.cells)]))
    cells = [each for each in rows[n].cells if each.number is not None]
    lost = data.draw(st.sampled_from([None, *cells]))
    if lost is None:
        del rows[n]
    else:
        kept = tuple(replace(each, written=None, number=None) if each is lost else each for each in rows[n].cells)
        rows[n] = replace(rows[n], cells=kept)
    assert [each.words["en"] for each in found_in(replace(plan, rows=tuple(rows)))] == []


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_unread_target_is_not_lacking(data: st.DataObject) -> None:
    """A target that the reading lost is not told to be missing."""
    plan = read_right()
    lost = data.draw(st.sampled_from([each for each in plan.indicators if each.target]))
    indicators = tuple(replace(each, target=None) if each is lost else each for each in plan.indicators)
    assert [each.words["en"] for each in found_in(replace(plan, indicators=indicators))] == []


# One contradiction each

KONTOR = "öppna ett gemensamt kontor med jobbtorget. "
LEAVERS = "Förvaltningen ska intervjua alla som slutar. 2026-01-01 2026-12-31 \n"
MENTORS = "Införa mentorskap för nya socialsekreterare. 2026-02-01 2026-10-15 \n"
BUDGET = "Budgetföljsamhet före överföring av resultat 100 % 100 % Tertial \n"
SUMMER = "Kolonier 4,6 1,5 3,1 3,2 1,5 \n"
SEEDS: dict[str, tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]] = {
    "a net that is not costs less revenue": (
        "figures",
        ("Netto VP 2026 of “Kolonier”", "4,1 mnkr", "Kostnader − Intäkter makes 3,1 mnkr", "28,6 mnkr"),
        (("Kolonier 4,6 1,5 3,1", "Kolonier 4,6 1,5 4,1"),),
    ),
    "revenue that fits neither its net nor its sum": (
        "figures",
        ("Intäkter of “Daglig verksamhet”", "9,2 mnkr", "65,2 mnkr", "90,5 mnkr"),
        (("Daglig verksamhet 74,4 8,2 66,2", "Daglig verksamhet 74,4 9,2 66,2"),),
    ),
    "a row that its total does not count": (
        "sum",
        ("VP 2025 of “Summa”", "26,2 mnkr", "28,2 mnkr"),
        (("Kolonier 4,6 1,5 3,1 3,2", "Kolonier 4,6 1,5 3,1 5,2"),),
    ),
    "a total of the main table": (
        "sum",
        ("VP 2025 of “Drift totalt”", "1 627,2 mnkr", "1 617,2 mnkr"),
        (("1 651,6 1 617,2 1 586,0", "1 651,6 1 627,2 1 586,0"),),
    ),
    "a total in a table of two columns": (
        "sum",
        ("2026 Socioekonomiskt anslag (mnkr) of “Summa”", "4,9 mnkr"),
        (("Granvalla Södra förskolor 0,8 0,9", "Granvalla Södra förskolor 1,8 0,9"),),
    ),
    "parts that do not make the whole": (
        "parts",
        ("VB 2024 of “Individ- och familjeomsorg”", "the parts make 192,6 mnkr"),
        (("varav vuxna 44,0 8,8 35,2 34,7 34,9", "varav vuxna 44,0 8,8 35,2 34,7 44,9"),),
    ),
    "columns that do not make their total": (
        "across",
        ("VP 2026 of “Hemtjänst, helårspersoner”", "1 108", "varav kvinnor + varav män makes 1 128"),
        (("Hemtjänst, helårspersoner 1 108 735 373", "Hemtjänst, helårspersoner 1 108 755 373"),),
    ),
    "a figure that is another in a second table": (
        "figure",
        ("VP 2025 21,0 mnkr in the table “Redovisning av ekonomi”", "VP 2025 19,0 mnkr"),
        (
            ("Arbetsmarknadsåtgärder 27,9 8,1 19,8 19,0 18,2", "Arbetsmarknadsåtgärder 27,9 8,1 19,8 21,0 18,2"),
            ("1 651,6 1 617,2 1 586,0", "1 651,6 1 619,2 1 586,0"),
        ),
    ),
    "a figure that fits nothing": (
        "figures",
        ("Kostnader of “Fritid och kultur” in the table “Redovisning av ekonomi”, 42,0 mnkr", "37,6 mnkr", "32,0 mnkr"),
        (("Fritid och kultur 32,0 4,4 27,6", "Fritid och kultur 42,0 4,4 27,6"),),
    ),
    "a figure of a table that the text has otherwise": (
        "stated",
        ("Netto VP 2026 of “Drift totalt”", "1 651,6 mnkr", "the text says 1 615,6 mnkr"),
        (("Nämnden får 1 651,6 mnkr", "Nämnden får 1 615,6 mnkr"),),
    ),
    "a change that the text has otherwise": (
        "stated",
        ("Netto VP 2026 of “Summa” in the table “Stadsmiljö”", "0,9 mnkr less than VP 2025", "−0,2 mnkr"),
        (("Parkdriften minskar", "Området får 31,1 mnkr netto, 0,9 mnkr mindre än 2025. Parkdriften minskar"),),
    ),
    "a target that the text has otherwise": (
        "targets",
        ("“Sjukfrånvaro” is 7,4 %", "the text says 7,0 procent"),
        (("Sjukfrånvaron var 8,0 procent", "Målet för sjukfrånvaron är 7,0 procent. Sjukfrånvaron var 8,0 procent"),),
    ),
    "an indicator with two targets": (
        "targets",
        ("“Medarbetarindex” has two targets: 78 and 79",),
        (("Medarbetarindex 78 81 År \n", "Medarbetarindex 78 81 År \n\nMedarbetarindex 79 81 År \n"),),
    ),
    "an activity with two ends": (
        "dated",
        ("Införa mentorskap", "2026-10-15", "2026-08-31"),
        ((MENTORS, MENTORS + "\n" + MENTORS.replace("10-15", "08-31")),),
    ),
    "an end before the start": (
        "backwards",
        ("ends 2026-08-31, before it starts (2026-09-01)",),
        ((f"{KONTOR}2026-03-01 2026-08-31", f"{KONTOR}2026-09-01 2026-08-31"),),
    ),
    "a start after the plan's period": (
        "outside",
        ("starts 2027-03-01", "(2026)"),
        ((f"{KONTOR}2026-03-01 2026-08-31", f"{KONTOR}2027-03-01 2027-08-31"),),
    ),
    "an end before the plan's period": (
        "outside",
        ("ends 2025-08-31", "(2026)"),
        ((f"{KONTOR}2026-03-01 2026-08-31", f"{KONTOR}2025-03-01 2025-08-31"),),
    ),
    "an activity that stands twice": (
        "repeated",
        ("intervjua alla som slutar",),
        ((LEAVERS, f"{LEAVERS}\n{LEAVERS}"),),
    ),
    "an indicator that stands twice": ("repeated", ("Budgetföljsamhet före",), ((BUDGET, f"{BUDGET}\n{BUDGET}"),)),
    "a row that stands twice": ("repeated", ("“Kolonier”", "“Fritid och kultur”"), ((SUMMER, f"{SUMMER}\n{SUMMER}"),)),
    "an indicator without a target": (
        "unset",
        ("“Medarbetarindex” has no target",),
        (("Medarbetarindex 78 81 År", "Medarbetarindex  81 År"),),
    ),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_contradiction_is_found_once(seed: str, tmp_path: Path) -> None:
    """A contradiction in the plan's text is told in one finding, which names it, and nothing else is.

    Every figure that is told stands in one of its quotes or is computed from them, in both languages.
    """
    kind, told, edits = SEEDS[seed]
    plan = seeded(tmp_path, *edits)
    findings = found_in(plan)
    assert [each.kind for each in findings] == [kind]
    for words in told:
        assert words in findings[0].words["en"]
    statements = (findings[0].statement("sv"), findings[0].statement("en"))
    assert verified(Draft(statements, "lookup"), lambda _: plan.text, ["2026"]).statements == statements


@pytest.mark.parametrize(
    "words",
    [
        "Nämnden får 1 652 mnkr netto till drift",
        "Nämnden får 1 651 600 tkr netto till drift",
        "Nämnden får cirka 1 660 mnkr netto till drift",
        "Nämnden fick 1 617,2 mnkr netto till drift 2025",
        "Förslaget är 1 700,0 mnkr till drift",
    ],
)
def test_text_that_says_the_same(words: str, tmp_path: Path) -> None:
    """A figure of the text that is rounded, in another unit, of another year or of something else is left alone."""
    plan = seeded(tmp_path, ("Nämnden får 1 651,6 mnkr netto till drift", words))
    assert [each.words["en"] for each in found_in(plan)] == []


def test_every_kind_is_seeded() -> None:
    """There is a contradiction of every kind among those above and those in tables of our own below."""
    assert {kind for kind, *_ in SEEDS.values()} | {"net", "change", "percent"} == set(KINDS)


@pytest.fixture(scope="module")
def much_wrong(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    seeds = ("a row that its total does not count", "an end before the start", "an indicator without a target")
    return seeded(tmp_path_factory.mktemp("wrong"), *(edit for seed in seeds for edit in SEEDS[seed][2]))


def test_what_weighs_most_comes_first(much_wrong: Plan) -> None:
    """Contradictions come before mistakes, mistakes before gaps, each in reading order."""
    findings = found_in(much_wrong)
    assert [each.severity for each in findings] == list(SEVERITIES)
    assert [(SEVERITIES.index(each.severity), each.start) for each in findings] == sorted(
        (SEVERITIES.index(each.severity), each.start) for each in findings
    )


# Plans of our own making


def plan_of(*tables: tuple[str, Sequence[str], Sequence[Sequence[str]]], indicators: Sequence[str] = ()) -> Plan:
    """A plan of 2031 with some tables: name, columns and rows; "varav …" is part of the last row that isn't."""
    text, rows, found = "", list[TableRow](), list[Indicator]()
    for name, columns, lines in tables:
        whole = ""
        for label, *cells in lines:
            start = len(text)
            text += " ".join((label, *cells)) + "\n"
            whole = whole if label.startswith("varav") else label
            told = tuple(
                TableCell(
                    column, next(iter(years_in(column)), 2031), unit_in(column), cell or None, number_in(cell), None
                )
                for column, cell in zip(columns, cells, strict=True)
            )
            origin = Origin(None, (Span(start, len(text) - 1),))
            rows.append(TableRow("budget", name, label, whole if whole != label else None, told, origin))
        text += "\n"
    for name in indicators:
        found.append(Indicator(name, "7 %", None, None, None, Origin(None, (Span(len(text), len(text) + len(name)),))))
        text += f"{name}\n"
    period = Period(date(2031, 1, 1), date(2031, 12, 31))
    return Plan(Description("Plan", period=period), text, rows=tuple(rows), indicators=tuple(found))


MONEY = ("Kostnader, mnkr", "Intäkter, mnkr", "Netto, mnkr")
PIERS = (
    "Kajer",
    MONEY,
    (("Bryggor", "9,0", "1,0", "8,0"), ("Fyren", "5,0", "2,0", "3,0"), ("Summa", "14,0", "3,0", "11,0")),
)


def changed(row: int, *cells: str) -> tuple[str, Sequence[str], Sequence[Sequence[str]]]:
    rows = [list(each) for each in PIERS[2]]
    rows[row][1:] = cells
    return (PIERS[0], PIERS[1], rows)


def kinds(plan: Plan) -> list[str]:
    return [each.kind for each in found_in(plan)]


def test_plan_of_our_own_agrees() -> None:
    """The table that the tests below change has nothing to find."""
    assert kinds(plan_of(PIERS)) == []


def test_net_alone() -> None:
    """A net that is wrong in a table without a total is told by itself."""
    rows = [*PIERS[2][:2], ("Hamnbadet", "4,0", "1,0", "3,0"), ("Slussen", "7,0", "3,0", "5,0")]
    (finding,) = found_in(plan_of((PIERS[0], MONEY, rows)))
    assert finding.kind == "net"
    assert finding.words["sv"] == (
        "Netto, mnkr för ”Slussen” i tabellen ”Kajer” är 5,0 mnkr, men Kostnader, mnkr − Intäkter, mnkr blir 4,0 mnkr."
    )
    assert [(each.formula, each.value) for each in finding.sums] == [("7,0 − 3,0", "4,0 mnkr")]


def test_net_in_rows() -> None:
    """Costs, revenue and net may be a table's rows, with a column for each year."""
    years = ("Budget 2031, tkr", "Budget 2030, tkr", "Utfall 2029, tkr")
    rows = (
        ("Kostnader", "900", "850", "799"),
        ("Intäkter", "300", "250", "200"),
        ("Nettokostnad", "600", "600", "590"),
    )
    (finding,) = found_in(plan_of(("Fyren", years, rows)))
    assert "Utfall 2029, tkr of “Nettokostnad”" in finding.words["en"]
    assert "Kostnader − Intäkter makes 599 tkr" in finding.words["en"]
    assert kinds(plan_of(("Fyren", years, (*rows[:2], ("Nettokostnad", "600", "600", "599"))))) == []


CHANGES = ("Kajer", ("Budget 2031, tkr", "Budget 2030, tkr", "Förändring, tkr", "Förändring, %"))


@pytest.mark.parametrize(
    ("row", "kind"),
    [(("Slussen", "300", "200", "90", "50,0"), "change"), (("Slussen", "300", "200", "100", "60,0"), "percent")],
)
def test_change(row: Sequence[str], kind: str) -> None:
    """A change that is not the difference of its years is told, in amount and in percent; the other rows' are right."""
    rows = [
        ("Bryggor", "120", "100", "20", "20,0"), ("Fyren", "90", "120", "-30", "-25,0"),
        ("Hamnbadet", "77", "70", "7", "10,0"), row,
    ]  # fmt: skip
    assert kinds(plan_of((*CHANGES, rows))) == [kind]
    assert kinds(plan_of((*CHANGES, rows[:3]))) == []


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (changed(2, "14,1", "3,1", "11,0"), "rounding may explain it"),
        (changed(1, "5,0", "", "3,0"), "an empty cell may have lost its figure"),
        (
            ("Kajer", MONEY[:1], (("Bro", "9,0"), ("Golv", "4,0"), ("Tak", "5,0"), ("Bad", "5,0"), ("Summa", "14,0"))),
            "two rows may be parts of the one above",
        ),
        (
            ("Kajer", ("Andel, %",), (("Bryggor", "40"), ("Fyren", "30"), ("Bad", "20"), ("Totalt", "35"))),
            "shares are not added",
        ),
        (
            ("Kajer", MONEY, (PIERS[2][0], ("varav golv", "3,0", "0,0", "3,0"), ("varav tak", "2,0", "1,0", "1,0"),
                              *PIERS[2][1:])),
            "what is named of a row need not be all of it",
        ),
        (
            ("Kajer", MONEY, (("Bryggor", "9,0", "1,0", "7,0"), ("Fyren", "5,0", "2,0", "4,0"))),
            "nothing bears out what net is",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_not_told(
    table: tuple[str, Sequence[str], Sequence[Sequence[str]]], why: str
) -> None:
    """A table that may be right after all is left alone."""
    assert kinds(plan_of(table)) == [], why


def elsewhere(name: str, row: str, columns: Sequence[str], *cells: str) -> Plan:
    """Two tables, the second of one row."""
    first = (
        "Hamnen",
        ("Netto 2031, mnkr", "VP 2030, mnkr", "VB 2029, mnkr"),
        (("Fyren och bryggorna", "24,3", "23,1", "22,7"),),
    )
    return plan_of(first, (name, columns, ((row, *cells),)))


TKR = ("Netto 2031, tkr", "VP 2030, tkr", "VB 2029, tkr")


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (elsewhere("Kust", "Fyren och bryggorna", TKR, "24 312", "23 140", "22 700"), []),
        (elsewhere("Kust", "Fyren och bryggorna", TKR, "25 312", "23 140", "22 700"), ["figure"]),
        (elsewhere("Kust", "Bryggorna och fyren", TKR, "25 312", "23 140", "22 700"), ["figure"]),
        (elsewhere("Kust", "Fyren och bryggorna", TKR, "25 312", "23 140", "29 700"), []),
        (elsewhere("Kust", "Slussen", TKR, "25 312", "23 140", "22 700"), []),
        (elsewhere("Kust efter omfördelning", "Fyren och bryggorna", TKR, "25 312", "23 140", "22 700"), []),
        (
            elsewhere(
                "Kust", "Fyren och bryggorna", ("Platser 2031", "Platser 2030", "Platser 2029"), "25", "23", "22"
            ),
            [],
        ),
    ],
    ids=["rounded", "other", "words turned", "too little alike", "another row", "after a change", "another unit"],
)
def test_two_tables(plan: Plan, expected: list[str]) -> None:
    """The same thing in two tables is compared across units, and only where name and other figures tell that it is."""
    assert kinds(plan) == expected


def test_target_of_another_part_of_the_plan() -> None:
    """An indicator of the same name under another heading is not taken for the same one."""
    plan = plan_of(indicators=("Nöjda brukare", "Nöjda gäster"))
    one, other = plan.indicators
    again = replace(other, name="Nöjda brukare", target="9 %", origin=replace(other.origin, section=0))
    assert [each.kind for each in check(Facts(1, replace(plan, sections=(), indicators=(one, other)), 2031))] == []
    two = replace(again, origin=replace(again.origin, section=None))
    assert kinds(replace(plan, indicators=(one, two))) == ["targets"]


def test_group_between_two_rows() -> None:
    """Two rows of one name with a word between them, a group that extraction left, may tell of two things."""
    plan = plan_of(indicators=("Nöjda brukare", "Servicehus", "Nöjda brukare"))
    one, _, other = plan.indicators
    assert kinds(replace(plan, indicators=(one, replace(other, target="9 %")))) == []


def test_words_that_could_not_be_placed() -> None:
    """A finding beside words that the reading could not place is not told: they may be what is missing."""
    plan = plan_of(changed(0, "9,0", "1,0", "9,0"))
    assert kinds(plan) == ["figures"]
    assert kinds(replace(plan, unplaced=(Unplaced(Span(3, 9), "no column"),))) == []


def test_later_target() -> None:
    """An indicator whose target is set later, or that has a comment, lacks nothing."""
    plan = plan_of(indicators=("Nöjda brukare", "Nöjda gäster", "Rena kajer"))
    one, two, three = plan.indicators
    lacking = replace(two, target=None)
    assert kinds(replace(plan, indicators=(one, lacking, three))) == ["unset"]
    for changes in ({"comment": "Ny indikator."}, {"council_target": "Fastställs i tertialrapport 1"}):
        assert kinds(replace(plan, indicators=(one, replace(lacking, **changes), three))) == []  # type: ignore[arg-type]
    assert kinds(replace(plan, indicators=(replace(one, target=None), lacking, three))) == []  # no column of targets


@given(st.lists(st.tuples(*[st.dates(date(2029, 1, 1), date(2033, 12, 31))] * 2), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_dates(days: list[tuple[date, date]]) -> None:
    """What ends before it starts, or stands outside the plan's period, is told once each; nothing where most do."""
    text = "".join(f"Sopa kaj {'abcdef'[n]} {start} {end}\n" for n, (start, end) in enumerate(days))
    lines = [Span(m.start(), m.end()) for m in re.finditer(".+", text)]
    activities = tuple(
        Activity(f"Sopa kaj {'abcdef'[n]}", (), start, end, Origin(None, (lines[n],)))
        for n, (start, end) in enumerate(days)
    )
    plan = replace(plan_of(), text=text, activities=activities)
    first, last = date(2031, 1, 1), date(2031, 12, 31)
    backwards = [n for n, (start, end) in enumerate(days) if end < start]
    outside = [n for n, (start, end) in enumerate(days) if n not in backwards and (end < first or start > last)]
    expected = [n for wrong in (backwards, outside) if 2 * len(wrong) <= len(days) for n in wrong]
    assert sorted(each.start for each in found_in(plan)) == sorted(lines[n].start for n in expected)


# Rounding

AMOUNTS = st.lists(
    st.tuples(st.integers(100, 99_999), st.integers(20, 99)), min_size=3, max_size=9, unique_by=lambda pair: pair[0]
)


def rounded(number: Decimal) -> str:
    return str(number.quantize(Decimal("0.1"), ROUND_HALF_UP)).replace(".", ",")


def budget(amounts: list[tuple[int, int]]) -> list[list[str]]:
    """A budget whose rows were added up before they were rounded."""
    exact = [(Decimal(costs) / 100, Decimal(costs * share) / 10_000) for costs, share in amounts]
    exact.append((sum((c for c, _ in exact), Decimal(0)), sum((r for _, r in exact), Decimal(0))))
    names = [f"Kaj {'abcdefghi'[n]}" for n in range(len(amounts))] + ["Summa"]
    return [[name, rounded(c), rounded(r), rounded(c - r)] for name, (c, r) in zip(names, exact, strict=True)]


@given(AMOUNTS)
@settings(max_examples=150, deadline=None)
def test_rounding_is_no_contradiction(amounts: list[tuple[int, int]]) -> None:
    """Sums and nets that were computed before they were rounded are never told, however badly they look."""
    assert kinds(plan_of(("Kajer", MONEY, budget(amounts)))) == []


@given(AMOUNTS, st.data())
@settings(max_examples=150, deadline=None)
def test_wrong_figure_is_told_once(amounts: list[tuple[int, int]], data: st.DataObject) -> None:
    """A figure that is wrong by more than rounding is told in one finding, which is about its row or its total."""
    rows = budget(amounts)
    n, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(1, 3))
    wrong = (number_in(rows[n][column]) or Decimal(0)) + data.draw(st.integers(2, 50))
    rows[n][column] = rounded(wrong)
    plan = plan_of(("Kajer", MONEY, rows))
    (finding,) = found_in(plan)
    assert finding.severity == "contradiction"
    assert rows[n][column] in finding.words["sv"]
    assert verified(Draft((finding.statement("sv"),), "lookup"), lambda _: plan.text).statements


# Answers


class One:
    """A library of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._known = Known(0, GRANVALLA, plan.description)
        self._searchable = Searchable(plan)

    def known(self) -> Sequence[Known]:
        return [self._known]

    def searchable(self, document: int) -> Searchable:
        return self._searchable


def answers(plan: Plan, *questions: str) -> list[Answer]:
    answerer = Answerer(One(plan), Lexicon(), lambda: date(2026, 3, 1))
    return [answerer.answer(question, (), Scope("Granvalla-Östmo")) for question in questions]


def test_answer_tells_both(tmp_path: Path) -> None:
    """Where two places disagree on what is asked, the answer has both figures and cites both places."""
    plan = seeded(tmp_path, *SEEDS["a figure that fits nothing"][2])
    for answer in answers(plan, "Vad är kostnaderna för fritid och kultur?", "How much does leisure and culture cost?"):
        assert "42,0" in answer.answer
        assert "32,0" in answer.answer
        assert {(each.table, each.row) for each in answer.citations} >= {
            ("Redovisning av ekonomi", "Fritid och kultur"),
            ("Fritid och kultur", "Summa"),
        }
    (other,) = answers(plan, "Vad är kostnaderna för äldreomsorgen?")
    assert "566,5" in other.answer
    assert "två ställen" not in other.answer


def test_answer_tells_both_targets(tmp_path: Path) -> None:
    """An indicator whose target the text states otherwise is answered with both."""
    (answer,) = answers(
        seeded(tmp_path, *SEEDS["a target that the text has otherwise"][2]), "Vad är målet för sjukfrånvaron?"
    )
    assert "7,4 %" in answer.answer
    assert "7,0 procent" in answer.answer


def test_plan_is_checked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that is kept ready is checked for the first answer, not for the next."""
    times: list[Facts] = []
    monkeypatch.setattr(checking, "_told_twice", lambda facts: times.append(facts) or ())  # type: ignore[func-returns-value]
    answers(seeded(tmp_path), "Vad är målet för sjukfrånvaron?", "Vad kostar äldreomsorgen?", "Vad kostar förskolan?")
    assert len(times) == 1


# The command


@pytest.fixture
def stored(plansvar: Command, home: Path, much_wrong: Plan, plan_file: Path) -> Command:
    """The command, with two plans in: one with much wrong, one with nothing."""
    home.mkdir()
    index = Index(f"sqlite:///{home / 'plans.db'}")
    index.store(GRANVALLA, much_wrong, "d")
    index.store(plan_file.name, read_plan(plan_file), "d")
    index.close()
    return plansvar


def test_command(stored: Command) -> None:
    """Each finding is a sentence with its arithmetic and its quotes; a line at the end counts them."""
    ran = stored("check")
    assert ran.code == 0
    assert "Contradiction: VP 2025 of “Summa” in the table “Fritid och kultur” is 26,2 mnkr" in ran.out
    assert "18,6 + 1,4 + 5,2 + 3,0 = 28,2 mnkr" in ran.out
    assert "”Kolonier 4,6 1,5 3,1 5,2 1,5" in ran.out
    assert ran.out.splitlines()[-1] == "3 findings in 2 documents: contradiction 1, mistake 1, missing 1."


def test_command_in_another_language(stored: Command) -> None:
    """`--language` tells it all in that language."""
    ran = stored("check", "--language", "sv")
    assert "Misstag: ”Förvaltningen ska öppna ett gemensamt kontor med jobbtorget” slutar 2026-08-31" in ran.out
    assert ran.out.splitlines()[-1] == "3 fynd i 2 dokument: motsägelse 1, misstag 1, saknas 1."
    assert stored("check", "--language", "fi").code == 2


def test_command_as_json(stored: Command) -> None:
    """`--json` gives a finding a line: quotes that stand in the stored text, figures computed from cited ones."""
    text = stored("documents", "text", GRANVALLA).out
    records = [json.loads(line) for line in stored("check", "--json").out.splitlines()]
    assert [each["severity"] for each in records] == list(SEVERITIES)
    for record in records:
        assert record["document"] == GRANVALLA
        assert record["language"] == "en"
        assert all(each["quote"] in text for each in record["citations"])
    first = records[0]
    assert first["kind"] == "sum"
    assert {"document", "section", "page", "table", "row", "column"} <= set(first["citations"][0])
    assert first["computed"] == [{"value": "28,2 mnkr", "formula": "18,6 + 1,4 + 5,2 + 3,0", "from": [1, 2, 3, 4, 5]}]


def test_command_for_a_document(stored: Command, plan_file: Path) -> None:
    """`--document` checks one; one without contradictions says so, one that is not stored is named."""
    assert stored("check", "--document", plan_file.name).out == "No contradictions in 1 documents.\n"
    assert stored("check", "--document", plan_file.name, "--json").out == ""
    missing = stored("check", "--document", "none.pdf")
    assert missing.code == 2
    assert "none.pdf" in missing.err


def test_command_without_plans(plansvar: Command) -> None:
    """Nothing stored is one line that says what to do."""
    ran = plansvar("check")
    assert ran.code == 2
    assert ran.err.count("\n") == 1


def test_small_plan_agrees(tmp_path: Path) -> None:
    """The small plan that other tests use has nothing to find."""
    file = tmp_path / "fiskhamnen-2031.txt"
    file.write_text(PLAN_TEXT, encoding="utf-8")
    assert kinds(read_plan(file)) == []


def test_table_of_a_part_of_its_section(tmp_path: Path) -> None:
    """What the text says of an area is not set against a table of a part of it, where another table has the area."""
    (tmp_path / "plan.md").write_text(
        "# Verksamhetsplan 2031\n\nFiskhamnens stadsdelsnämnd\n\n## 1 Budget\n\n"
        "| Område, mnkr | VP 2030 | Kostnader | Intäkter | Netto VP 2031 |\n|---|---|---|---|---|\n"
        "| Farleder | 40,0 | 50,0 | 8,0 | 42,0 |\n| varav fyrar | 20,0 | 24,0 | 3,0 | 21,0 |\n\n"
        "## 2 Farleder\n\nVerksamhetsområdet budgeteras med netto 42,0 mnkr, vilket är 2,0 mnkr mer än 2030.\n\n"
        "| Fyrar, mnkr | VP 2030 | Kostnader | Intäkter | Netto VP 2031 |\n|---|---|---|---|---|\n"
        "| Lampor | 15,0 | 18,0 | 2,0 | 16,0 |\n"
        "| Tomter | 5,0 | 6,0 | 1,0 | 5,0 |\n| Summa | 20,0 | 24,0 | 3,0 | 21,0 |\n",
        encoding="utf-8",
    )  # fmt: skip
    assert found_in(read_plan(tmp_path / "plan.md")) == []
