"""Facts answered by look-up: each value as written, and the arithmetic that a question asks for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.plan import Activity, Description, Indicator, Origin, Plan, Section, TableCell, TableRow, Unplaced
from ingest.source import Span
from ingest.values import number_in
from retrieval.evidence.answer_types import Draft, Statement
from retrieval.evidence.lookup import (
    Facts,
    activity_statement,
    asked_cells,
    indicator_statement,
    row_statement,
    shown,
    shown_like,
    with_target,
)
from retrieval.facts.arithmetic import difference, in_years, share_statement, value_in, value_of
from retrieval.facts.extremes import extremes
from retrieval.facts.growth import year_difference
from retrieval.language.cues import Asks, asked
from retrieval.language.swedish import language
from retrieval.model.verify import verified
from retrieval.question.question import Question

PLAN = Plan(Description("Plan"), "Muddring 4,5 1,2 3,3 3,0", sections=(Section("Hamnen", "", "", 1, None, Span(0, 8)),))
FACTS = Facts(7, PLAN, 2026)
HERE = Origin(0, (Span(0, 24),))
COLUMNS = (("Kostnader", None), ("Intäkter", None), ("Netto VP 2026", 2026), ("VP 2025", 2025), ("VB 2024", 2024))


def question(text: str) -> Question:
    years = tuple(int(y) for y in re.findall(r"\b20\d\d\b", text))
    return Question(text, language(text), language(text), (), asked(text), years)


def row(
    name: str,
    *written: str | None,
    unit: str | None = "mnkr",
    parent: str | None = None,
    columns: tuple[tuple[str, int | None], ...] = COLUMNS,
) -> TableRow:
    """A row of the table "Driften", its cells from left to right."""
    cells = tuple(
        TableCell(column, year, unit, cell, number_in(cell) if cell else None, None)
        for (column, year), cell in zip(columns, written, strict=False)
    )
    return TableRow("budget", "Driften", name, parent, cells, HERE)


DREDGING = row("Muddring", "4,5", "1,2", "3,3", "3,0", "2,5")
QUAYS = row("Kajer", "1 004,5", "0,0", "1 004,5", "1 010,0", "999,0")
TOTAL = row("Summa", "1 009,0", "1,2", "1 007,8", "1 013,0", "1 001,5")


def said(statement: Statement | None) -> str:
    assert statement is not None
    return statement.text


def computed(statement: Statement | None) -> list[tuple[str, str]]:
    assert statement is not None
    return [(s.value, s.formula) for s in statement.computed]


# Numbers


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        ("31.35", 1, "31,4"),
        ("31.25", 1, "31,3"),
        ("31.349", 1, "31,3"),
        ("0.5", 0, "1"),
        ("-0.25", 1, "-0,3"),
        ("0", 1, "0,0"),
        ("1004.5", 1, "1 004,5"),
        ("-1234567.89", 1, "-1 234 567,9"),
        ("999.95", 1, "1 000,0"),
    ],
)
def test_shown(value: str, places: int, written: str) -> None:
    """A number is shown in Swedish form: a decimal comma, a space between thousands, halves rounded away from zero."""
    assert shown(Decimal(value), places) == written


@pytest.mark.parametrize(
    ("value", "like", "written"),
    [
        ("21.8", "1 390,0", "21,8"),
        ("21.8", "24 000", "22"),
        ("-0.3", "6,5 %", "−0,3"),
        ("0.125", "1,625", "0,125"),
        ("55", "2 640 kr", "55"),
        ("3", "max 28 gram", "3"),
        ("1500", "24 000 st", "1 500"),
    ],
)
def test_shown_like(value: str, like: str, written: str) -> None:
    """A computed number has as many decimals as the cell it comes from, and a minus where it is negative."""
    assert shown_like(Decimal(value), like) == written


@given(st.decimals(-(10**7), 10**7, places=4), st.integers(0, 3))
def test_any_number_shown(value: Decimal, places: int) -> None:
    """What is shown reads back as the number, within half of its last place."""
    text = shown(value, places)
    back = Decimal(text.replace(" ", "").replace(",", "."))
    assert abs(back - value) <= Decimal(1).scaleb(-places) / 2
    assert len(text.partition(",")[2]) == places


# Indicators

SICK = Indicator("Sjukbryggor", "6,8 %", "6,5 %", "Tertial", None, HERE)


@pytest.mark.parametrize(
    ("target", "council", "comparison"),
    [
        ("6,8 %", "6,5 %", "högre"),
        ("6,5 %", "6,8 %", "lägre"),
        ("100 %", "100,0 %", "samma"),
        ("max 10 personer", "max 12 personer", "lägre"),
        ("24 000 st", "9 500 st", "högre"),
    ],
)
def test_indicator(target: str, council: str, comparison: str) -> None:
    """Both targets are said as written, and how they compare as numbers."""
    text = said(indicator_statement(FACTS, replace(SICK, target=target, council_target=council), question("Mål?")))
    assert f"2026 är {target}" in text
    assert f"KF:s årsmål är {council}" in text
    assert comparison in text


@pytest.mark.parametrize(
    ("target", "council"),
    [
        ("6,8 %", None),
        ("6,8 %", "Tas fram av nämnd/styrelse"),
        (None, "6,5 %"),
        ("Öka", "6,5 %"),
        ("Fastställs i tertialrapport 1", "6,5 %"),
        ("0,5 mnkr", "400 tkr"),
    ],
)
def test_nothing_to_compare(target: str | None, council: str | None) -> None:
    """Targets are compared only where both are numbers of one unit."""
    indicator = replace(SICK, target=target, council_target=council)
    text = said(indicator_statement(FACTS, indicator, question("Vad är målet?")))
    assert not re.search("högre|lägre|samma", text)


@pytest.mark.parametrize("target", [None, "Fastställs i tertialrapport 1", "Tas fram av nämnd/styrelse"])
def test_no_target(target: str | None) -> None:
    """An empty target, or one to be set later, is said to be none; the words of the cell are given."""
    text = said(indicator_statement(FACTS, replace(SICK, target=target), question("Vad är målet?")))
    assert "inget eget årsmål" in text
    assert (target or "Sjukbryggor") in text


def test_indicator_that_stands_twice() -> None:
    """An indicator that has its target under another goal is told by the row there."""
    bare = replace(SICK, target=None)
    facts = replace(FACTS, plan=replace(PLAN, indicators=(bare, SICK)))
    assert with_target(facts, bare) is SICK
    assert with_target(facts, replace(bare, name="Friskbryggor")).target is None


def test_indicator_in_english() -> None:
    """In English the figures stay as written, and the Swedish name is glossed."""
    text = said(indicator_statement(FACTS, SICK, question("What is the target?"), "sick jetties"))
    assert "“Sjukbryggor” (sick jetties) is 6,8 %" in text
    assert "higher than the city council's" in text


def test_comment_of_an_indicator() -> None:
    """A comment under the row is said with it."""
    assert "Mäts i maj." in said(indicator_statement(FACTS, replace(SICK, comment="Mäts i maj."), question("Mål?")))


def test_reference_of_an_indicator() -> None:
    """An indicator is cited by document, section, table, row and column, once for each page it stands on."""
    spans = (Span(0, 8), Span(9, 12))
    references = indicator_statement(FACTS, replace(SICK, origin=Origin(0, spans)), question("Mål?")).support
    assert [r.span for r in references] == list(spans)
    assert {(r.document, r.section, r.row) for r in references} == {(7, "Hamnen", "Sjukbryggor")}
    assert all(r.table and r.column for r in references)


# Activities

PAINT = Activity("Måla bryggorna.", ("hamnlaget", "kajlaget"), date(2026, 3, 1), date(2026, 9, 30), HERE)


def test_activity() -> None:
    """An activity is said with its dates and who leads it, and cited as a row."""
    statement = activity_statement(FACTS, PAINT, "sv")
    assert statement.text == "Måla bryggorna (2026-03-01 till 2026-09-30). Ansvarig: hamnlaget."
    assert statement.support[0].row == "Måla bryggorna."
    assert "to 2026-09-30" in activity_statement(FACTS, PAINT, "en").text


@pytest.mark.parametrize(
    ("start", "end", "dates"),
    [(None, date(2026, 9, 30), " (klart 2026-09-30)"), (None, None, "")],
)
def test_activity_with_a_date_missing(start: date | None, end: date | None, dates: str) -> None:
    """A date that is not there is not said."""
    assert (
        activity_statement(FACTS, replace(PAINT, start=start, end=end, responsible=()), "sv").text
        == f"Måla bryggorna{dates}."
    )


def test_activity_that_only_starts() -> None:
    """A start date is said where there is no end date."""
    assert "2026-03-01" in activity_statement(FACTS, replace(PAINT, end=None), "sv").text


def test_activity_cut_short() -> None:
    """A long activity is cut at a word, its dates kept."""
    text = activity_statement(FACTS, replace(PAINT, text="Måla bryggorna och kajerna"), "sv", short=20).text
    assert text.startswith("Måla bryggorna och …")
    assert "2026-09-30" in text


# Rows


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Vad kostar muddringen, kostnader?", ["Kostnader"]),
        ("Vilka intäkter har muddringen?", ["Intäkter"]),
        ("Vad är nettobudgeten?", ["Netto VP 2026"]),
        ("Kostnader och intäkter?", ["Kostnader", "Intäkter"]),
        ("Vad är budgeten?", ["Netto VP 2026"]),
        ("Vad var det 2024?", ["VB 2024"]),
        ("Vad var det förra året?", ["VP 2025"]),
    ],
)
def test_asked_cells(text: str, columns: list[str]) -> None:
    """The cells asked for are those of the kind or the year that the question names."""
    assert [cell.column for cell in asked_cells(DREDGING, question(text), 2026)] == columns


def test_row() -> None:
    """A row says the cell asked for first, with its unit, then the others, each as written."""
    text = said(row_statement(FACTS, DREDGING, question("Vilka intäkter har muddringen?")))
    assert "Muddring" in text
    assert "Intäkter 1,2 mnkr" in text
    assert text.index("1,2") < text.index("4,5")


def test_reference_of_a_row() -> None:
    """A row is cited with its table, its name and the column asked for."""
    reference = row_statement(FACTS, DREDGING, question("Vilka intäkter har muddringen?")).support[0]
    assert (reference.table, reference.row, reference.column) == ("Driften", "Muddring", "Intäkter")


def test_empty_cells() -> None:
    """An empty cell is not said, and is no zero."""
    text = said(row_statement(FACTS, row("Muddring", "4,5", None, "3,3", None), question("Vad är budgeten?")))
    assert "Intäkter" not in text
    assert "VP 2025" not in text
    assert "None" not in text


def test_row_whose_figures_are_in_no_column() -> None:
    """A row of which no cell could be read is told as it stands in the plan."""
    text = said(row_statement(FACTS, row("Muddring", None, None, None), question("Vad är budgeten?")))
    span = HERE.spans[0]
    assert FACTS.plan.text[span.start : span.end] in text


def test_empty_cell_asked_for() -> None:
    """An empty cell is not among those asked for."""
    cells = asked_cells(row("Muddring", "4,5", None, "4,5"), question("Vilka intäkter?"), 2026)
    assert "Intäkter" not in [cell.column for cell in cells]


def test_unit_once() -> None:
    """A unit that stands in the cell is not said again."""
    prices = row("Lunch", "78 kr", unit="kr", columns=(("Pris 2026", 2026),))
    assert "78 kr kr" not in said(row_statement(FACTS, prices, question("Vad kostar lunchen?")))


def test_row_of_words() -> None:
    """A row of words says them, with its name and group."""
    words = row("Magasinet", "Rivs i höst", unit=None, parent="Lager", columns=(("Kommentar", None),))
    text = said(row_statement(FACTS, words, question("Vad händer med Magasinet?")))
    assert all(part in text for part in ("Magasinet", "Lager", "Rivs i höst"))


@pytest.mark.parametrize(
    ("text", "column"),
    [("Jämför kostnaderna", "Kostnader"), ("Jämför intäkterna", "Intäkter"), ("Jämför budgeten", "Netto VP 2026")],
)
def test_value_of(text: str, column: str) -> None:
    """A comparison is about the kind asked for, else the net."""
    cell = value_of(DREDGING, question(text), 2026)
    assert cell is not None
    assert cell.column == column


NAMES = [name for name, _ in COLUMNS]


@pytest.mark.parametrize(
    ("text", "columns", "kept"),
    [
        ("Vad kostar Muddring?", COLUMNS, NAMES),
        ("Vad kostar Muddring 2026?", COLUMNS, NAMES[:3]),
        ("Vad kostade Muddring 2025?", COLUMNS, NAMES[3:4]),
        ("Vad kostade Muddring 2024 och 2025?", COLUMNS, NAMES[3:]),
        ("Vad kostade Muddring 2019?", COLUMNS, []),
        ("Vad kostar Muddring 2026?", COLUMNS[3:], NAMES[3:]),
        ("Vad kostade Muddring 2019?", COLUMNS[:2], NAMES[:2]),
    ],
)
def test_columns_of_a_year(text: str, columns: tuple[tuple[str, int | None], ...], kept: list[str]) -> None:
    """A year that is named has its own columns alone; none where the table lacks it and it is not the plan's. A column
    of no year is of the plan's where others have one."""
    item = row("Muddring", *["1,0"] * len(columns), columns=columns)
    assert [cell.column for cell in in_years(item, question(text), 2026).cells] == kept


# Arithmetic


@pytest.mark.parametrize(
    ("text", "other", "difference", "formula"),
    [
        ("Hur mycket mer än förra året?", "VP 2025", "0,3 mnkr", "3,3 − 3,0"),
        ("Hur mycket mer än 2024?", "VB 2024", "0,8 mnkr", "3,3 − 2,5"),
        ("How much more than in 2025?", "plan 2025|VP 2025", "0,3 mnkr", "3,3 − 3,0"),
    ],
)
def test_year_difference(text: str, other: str, difference: str, formula: str) -> None:
    """A year's value stands beside the earlier one asked about, with the difference and what it was made of."""
    statement = year_difference(FACTS, DREDGING, question(text))
    assert computed(statement)[0] == (difference, formula)
    assert re.search(other, said(statement))


def test_growth_in_percent() -> None:
    """The growth in percent is of the earlier value, halves rounded up."""
    statement = year_difference(FACTS, row("X", "1", "0", "8,5", "8,0"), question("Hur mycket mer än förra året?"))
    assert computed(statement)[1] == ("6,3", "(8,5 − 8,0) / 8,0")


@pytest.mark.parametrize(("text", "unsaid"), [("Hur mycket ökar det?", "ökning"), ("How much is it up?", "increase")])
def test_growth_from_nothing(text: str, unsaid: str) -> None:
    """What grows from nothing has no growth in percent, so that none is said."""
    statement = year_difference(FACTS, row("X", "1", "0", "8,5", "0,0"), question(text))
    assert computed(statement) == [("8,5 mnkr", "8,5 − 0,0")]
    assert "%" not in said(statement)
    assert unsaid not in said(statement)


def test_decrease() -> None:
    """A decrease is said as one."""
    statement = year_difference(FACTS, QUAYS, question("Hur mycket ändras det från förra året?"))
    assert computed(statement)[0][0] == "5,5 mnkr"
    assert "mindre" in said(statement)


def test_no_change() -> None:
    """Two equal values are said to be unchanged, and nothing is computed."""
    statement = year_difference(FACTS, row("X", "1", "0", "3,0", "3,0"), question("Ökar det?"))
    assert computed(statement) == []
    assert "oförändrat" in said(statement)


@pytest.mark.parametrize(
    "other",
    [
        row("X", "1", "0", "3,0", None),
        row("X", "1", "0", None, "3,0", columns=COLUMNS[:2] + COLUMNS[3:]),
        row("X", "3,0", columns=(("Netto VP 2026", 2026),)),
    ],
)
def test_nothing_to_subtract(other: TableRow) -> None:
    """There is no difference from an empty cell or a year that is not in the table."""
    assert year_difference(FACTS, other, question("Hur mycket mer än förra året?")) is None


def test_units_are_not_mixed() -> None:
    """Million kronor and kronor are never subtracted from one another."""
    mixed = replace(DREDGING, cells=(*DREDGING.cells[:3], replace(DREDGING.cells[3], unit="kr")))
    assert year_difference(FACTS, mixed, question("Hur mycket mer än förra året?")) is None
    in_kronor = value_in(FACTS, row("Y", "1", "1", "9,0", unit="kr"), question("Skillnad?"))
    millions = value_in(FACTS, DREDGING, question("Skillnad?"))
    assert millions
    assert in_kronor
    assert difference(millions, in_kronor, question("Skillnad?")) is None
    assert share_statement(FACTS, row("Y", "1", "1", "9,0", unit="kr"), TOTAL, question("Andel?")) is None


def test_difference_of_different_decimals() -> None:
    """A difference has the decimals of the cell that has most."""
    statement = year_difference(FACTS, row("X", "1", "0", "5", "4,75"), question("Hur mycket mer än förra året?"))
    assert computed(statement)[0][0] == "0,25 mnkr"


def test_share() -> None:
    """A share of a total is of the same column, in percent, and cites both rows."""
    statement = share_statement(FACTS, row("Kajer", "1", "0", "251,95"), TOTAL, question("Hur stor andel?"))
    assert computed(statement) == [("25,0", "251,95 / 1 007,8")]
    assert statement is not None
    assert [r.row for r in statement.support] == ["Kajer", "Summa"]


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (row("X", "1", "0", None), TOTAL),
        (row("X", "1", "0", "3,0"), row("Summa", "1", "0", None)),
        (row("X", "1", "0", "3,0"), row("Summa", "1", "0", "0,0")),
        (row("X", "3,0", columns=(("Netto", None),)), TOTAL),
    ],
)
def test_no_share(part: TableRow, whole: TableRow) -> None:
    """There is no share of an empty cell, of zero, or of another column."""
    if part.cells[-1].number is None:  # an empty net must not fall back on another column than the whole's
        found = share_statement(FACTS, part, whole, question("Hur stor andel?"))
        assert found is None or found.support[0].column == found.support[1].column
    else:
        assert share_statement(FACTS, part, whole, question("Hur stor andel?")) is None


def test_rows_difference() -> None:
    """Two rows are compared in one column, the larger first."""
    asked = question("Vad är skillnaden?")
    dredging, quays = value_in(FACTS, DREDGING, asked), value_in(FACTS, QUAYS, asked)
    statement = difference(dredging, quays, asked) if dredging and quays else None
    assert computed(statement)[0] == ("1 001,2 mnkr", "1 004,5 − 3,3")
    assert said(statement).index("Kajer") < said(statement).index("Muddring")


TABLE = (
    row("Muddring", "4,5", "1,2", "3,3"),
    row("varav farleder", "2,0", "0,0", "2,0"),
    row("Kajer", "10,0", "0,0", "10,0"),
    row("Fyr", None, None, None),
    row("Summa", "14,5", "1,2", "13,3"),
    row("Drift totalt", "14,5", "1,2", "13,3"),
)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Vad får mest?", "Kajer", "10,0 mnkr"),
        ("Vad får minst?", "Muddring", "3,3 mnkr"),
        ("Vilken har störst intäkter?", "Muddring", "1,2 mnkr"),
        ("Which has the lowest costs?", "Muddring", "4,5 mnkr"),
    ],
)
def test_extreme(text: str, name: str, value: str) -> None:
    """The largest and smallest are sought among rows that are no total, no part of another and not empty."""
    [statement] = extremes(FACTS, TABLE, question(text))
    assert f"{name}: {value}" in said(statement)
    assert statement is not None
    assert {r.row for r in statement.support} == {name}


@pytest.mark.parametrize(
    ("text", "told"),
    [("Vad får mest?", "Kajer: 10,0"), ("Vad fick mest 2025?", "Muddring: 4,0"), ("Vad fick mest 2019?", None)],
)
def test_extreme_of_a_year(text: str, told: str | None) -> None:
    """The largest is of the year that is named, and of no other where the table lacks that."""
    rows = (row("Muddring", "4,5", "1,2", "3,3", "4,0"), row("Kajer", "10,0", "0,0", "10,0", "2,0"))
    statements = extremes(FACTS, rows, question(text))
    assert [told in said(each) for each in statements if told] == ([True] if told else [])
    assert len(statements) == bool(told)


def test_extreme_of_equals() -> None:
    """Rows that share the first place are all named and cited."""
    [statement] = extremes(FACTS, (*TABLE, row("Mast", "10,0", "0,0", "10,0")), question("Vad får mest?"))
    assert statement is not None
    assert "Kajer och Mast" in statement.text
    assert [r.row for r in statement.support] == ["Kajer", "Mast"]


def test_extreme_of_one() -> None:
    """A single row is neither largest nor smallest."""
    assert extremes(FACTS, TABLE[2:], question("Vad får mest?")) == []


def test_extreme_says_the_unit_once() -> None:
    """A unit that stands in the cell is not said again."""
    prices = [
        row(name, price, unit="kr", columns=(("Pris 2026", 2026),)) for name, price in (("A", "78 kr"), ("B", "9 kr"))
    ]
    assert "kr kr" not in said(extremes(FACTS, prices, question("Vad är dyrast?"))[0])


def test_extreme_leaves_parts_out() -> None:
    """A row that is part of the row above it is no smallest, whatever its name."""
    rows = (
        row("Kajer, varav:", "9", "0", "9,0"),
        row("Södra", "1", "0", "1,0", parent="Kajer, varav"),
        row("Fyr", "4", "0", "4,0"),
    )
    assert "Fyr" in said(extremes(FACTS, rows, question("Vad får minst?"))[0])


def test_extreme_of_one_unit() -> None:
    """Rows in different units have no largest."""
    rows = (row("Kajer", "9", "0", "9,0"), row("Fyr", "4", "0", "400", unit="kr"))
    assert extremes(FACTS, rows, question("Vad får mest?")) == []


AMOUNTS = st.decimals(Decimal("0.1"), Decimal("9999.9"), places=1).map(lambda d: shown(d, 1))


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from(("Hur mycket mer än förra året?", "How much more than last year?")))
def test_any_arithmetic_verifies(costs: str, now: str, before: str, text: str) -> None:
    """What is computed from any row's cells passes the verifier, as does the row itself."""
    written = f"X {costs} {now} {before}"
    header = "Kostnader Netto VP 2026 VP 2025\n"
    plan = Plan(Description("Plan"), header + written, sections=PLAN.sections)
    columns = (COLUMNS[0], *COLUMNS[2:4])
    item = replace(
        row("X", costs, now, before, columns=columns), origin=Origin(0, (Span(len(header), len(plan.text)),))
    )
    facts = Facts(7, plan, 2026)
    made = [row_statement(facts, item, question(text)), year_difference(facts, item, question(text))]
    made += [share_statement(facts, item, item, question(text))]
    statements = tuple(statement for statement in made if statement)
    assert len(statements) == 3
    assert verified(Draft(statements, "lookup"), lambda _: plan.text).statements == statements


CUES: tuple[Asks, ...] = ("costs", "revenue", "net", "money", "women", "men", "compare", "largest", "smallest")


@given(st.lists(st.one_of(st.none(), AMOUNTS), max_size=5), st.sets(st.sampled_from(CUES)), st.integers(2023, 2027))
def test_any_row(written: list[str | None], asks: set[Asks], year: int) -> None:
    """Any row, however empty, is said without an error, and with nothing that is not in it."""
    item = row("X", *written)
    asking = Question(f"Vad är det {year}?", "sv", "sv", (), frozenset(asks), years=(year,))
    text = row_statement(FACTS, item, asking).text
    year_difference(FACTS, item, asking)
    extremes(FACTS, [item, TOTAL, item], asking)
    assert "None" not in text
    assert all(cell in text for cell in written if cell)


@pytest.mark.parametrize("text", ["Vad är målet för andel svar?", "What is the target for replies?"])
def test_figures_of_no_column_are_told_as_they_stand(text: str) -> None:
    """An indicator whose figures can't be told apart by column has a row to quote, and is not said to lack a target."""
    row = Span(0, 23)
    plan = replace(PLAN, text="Andel svar 24 % 18 % År", unplaced=(Unplaced(row, "one value for two columns"),))
    item = Indicator("Andel svar", None, None, "År", None, Origin(0, (row,)))
    told = indicator_statement(Facts(7, plan, 2026), item, question(text))
    assert "24 % 18 %" in told.text
    assert "inget eget" not in told.text
    assert "of its own" not in told.text
