"""Tables that an extraction kept laid out are read cell by cell, however wide, wrapped, broken or shifted."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laid_tables import WAYS, Setting
from test_goal_tables import read

from ingest.plan import Activity, Indicator, Plan, TableRow

Cells = Counter[tuple[str, str, str]]


def cells(plan: Plan) -> Cells:
    return Counter(
        (row.row.removeprefix("- "), cell.column, cell.written)
        for row in plan.rows
        for cell in row.cells
        if cell.written is not None
    )


@pytest.mark.parametrize("way", WAYS)
def test_cells_stand_under_their_columns_however_a_table_is_laid_out(way: str) -> None:
    """Of cells in columns of any width and side, under names that wrap and over pages, nearly all are read exactly."""
    found, wanted = 0, 0
    for seed in range(12):
        text, tables = Setting(Random(seed), way).plan()
        whole: Cells = Counter(
            (row.label, name, cell)
            for table in tables
            for row in table.rows
            for name, cell in zip(table.names[1:], row.cells, strict=False)
            if cell
        )
        found, wanted = found + (whole & cells(read(text))).total(), wanted + whole.total()
    assert found >= 0.97 * wanted


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.sampled_from(WAYS))
def test_no_word_of_a_laid_out_table_is_lost(seed: int, way: str) -> None:
    """However a table is read, its facts share no words, and every word is in a fact, a passage or the report."""
    plan = read(Setting(Random(seed), way).plan()[0])
    facts: list[Indicator | Activity | TableRow] = [*plan.indicators, *plan.activities, *plan.rows]
    spans = sorted(span for fact in facts for span in fact.origin.spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(unplaced.reason != "stands outside what was read" for unplaced in plan.unplaced), plan.unplaced


def written(text: str) -> list[list[str | None]]:
    """The rows of a plan's tables: label and cells."""
    return [[row.row, *(cell.written for cell in row.cells)] for row in read(text).rows]


BUDGET = """Verksamhetsplan 2031

Nämndens budget

Område                      Kostnader  Intäkter  Netto 2031  Budget      varav
                            2031       2031                  netto 2030  moms
Kajer                       58,4       3,1       55,3        54,0        2,7
  varav muddring            121,3                109,3       104,8       0,1
Stöd till båtägare med      301,4      19,6      281,8       272,5       8,9
särskilda behov
Investeringar
Kran                        2,3        0,0       2,3         2,3         1,9

Gästhamn
Hamnen tar emot fler båtar än förra året.
"""


def test_header_over_two_lines_with_narrow_gaps() -> None:
    """Names that wrap, two spaces apart, are told by the cells under them; a row may lack cells, and a label wrap."""
    assert written(BUDGET) == [
        ["Kajer", "58,4", "3,1", "55,3", "54,0", "2,7"],
        ["varav muddring", "121,3", None, "109,3", "104,8", "0,1"],
        ["Stöd till båtägare med särskilda behov", "301,4", "19,6", "281,8", "272,5", "8,9"],
        ["Investeringar", None, None, None, None, None],
        ["Kran", "2,3", "0,0", "2,3", "2,3", "1,9"],
    ]
    plan = read(BUDGET)
    assert [cell.column for cell in plan.rows[0].cells] == [
        "Kostnader 2031", "Intäkter 2031", "Netto 2031", "Budget netto 2030", "varav moms"
    ]  # fmt: skip
    assert [section.title for section in plan.sections][-1] == "Gästhamn"


def test_names_and_cells_with_one_space_between_them() -> None:
    """Where a name or a label fills its column, the cells of the other rows tell where the next column begins."""
    text = (
        "Hamnen är öppen.\n\nRisk                      Sannolikhet Konsekvens  Åtgärd\n"
        "Försenad leverans         3           4           Veckomöten till och med\n"
        "                                                  2032\n"
        "Brist på lotsar vid kajen 4           2           Utbildning\n"
        "Is                        1           1           Isbrytare\n"
    )
    assert written(text) == [
        ["Försenad leverans", "3", "4", "Veckomöten till och med 2032"],
        ["Brist på lotsar vid kajen", "4", "2", "Utbildning"],
        ["Is", "1", "1", "Isbrytare"],
    ]


def test_label_of_a_header_on_its_last_line_or_on_none() -> None:
    """What the labels are called may stand beside the last line of the names, or nowhere."""
    rows = "Kajer                 40          50\nFyrar                  8          12\n"
    for first in ("Hamn ", "     "):
        text = (
            f"Hamnen är öppen.\n\n                  Budget     Bokslut\n{first}               2031        2029\n{rows}"
        )
        plan = read(text)
        assert written(text) == [["Kajer", "40", "50"], ["Fyrar", "8", "12"]]
        assert [cell.column for cell in plan.rows[0].cells] == ["Budget 2031", "Bokslut 2029"]


def test_names_that_stand_over_several_columns() -> None:
    """A name over several columns is part of the name of each."""
    plan = read(
        "Hamnen är öppen.\n\n                 Budget 2031           Budget 2030\n"
        "Område           Kostnad    Intäkt     Kostnad    Intäkt\n"
        "Kajer            58,4       3,1        55,3       54,0\n"
        "Fyrar            12,1                  10,9       4,8\n"
    )
    assert [(cell.column, cell.written) for cell in plan.rows[1].cells] == [
        ("Budget 2031 Kostnad", "12,1"), ("Budget 2031 Intäkt", None),
        ("Budget 2030 Kostnad", "10,9"), ("Budget 2030 Intäkt", "4,8"),
    ]  # fmt: skip


def test_tabs_whose_cells_are_broken() -> None:
    """A cell with tabs around it may go on over the line's end, and empty cells at the end of a line may be lost."""
    text = (
        "Hamnen är öppen.\n\nProjekt\tBudget 2031, tkr\tPlan 2032, tkr\tAnmärkning\n"
        "Inventarier vid \nkajen\t2 400\t2 400\n"
        "Kran\t3 750\t0\tvarav 1 500 tkr \nfrån regionen\n"
        "Utrustning\t420\t0\tskjuts upp om\nnämnden så vill\n"
        "Summa\t6 570\t2 400\t\n"
    )
    assert written(text) == [
        ["Inventarier vid kajen", "2 400", "2 400", None],
        ["Kran", "3 750", "0", "varav 1 500 tkr från regionen"],
        ["Utrustning", "420", "0", "skjuts upp om nämnden så vill"],
        ["Summa", "6 570", "2 400", None],
    ]


def test_list_with_tabs_on_the_front_page_is_no_table() -> None:
    """What a front page tells of its document, a tab after each word, has no header and no rows."""
    plan = read(
        "LERVIKS KOMMUN\nHamnnämnden\n\nVerksamhetsplan 2031\n\nDiarienummer\tHAM 2030/219\n"
        "Fastställd\t2030-11-28, § 4\nDokumentägare\tHamnchef\nGiltig t.o.m.\t2031-12-31\n\n"
        "1 Inledning\n\nHamnen är öppen hela året.\n"
    )
    assert not plan.rows
    assert [section.title for section in plan.sections] == ["Inledning"]


@pytest.mark.parametrize("mark", ["•\t", "-\t", "a)\t", "\t"])
def test_items_with_a_tab_are_no_table(mark: str) -> None:
    """A tab after the mark of an item, or before words set in, parts no cells."""
    assert not written(f"Hamnen ska ha\n\n{mark}En trygg kaj\n{mark}Rent vatten\n{mark}Hela bryggor\n\nDet är målen.\n")


def test_many_columns_cost_no_time() -> None:
    """Lines of very many parts are no table: there would be no end to the ways to place them."""
    line = "   ".join("abcdefghijklmnopqrstuvwxyzåäö".upper())
    assert not written(f"Hamnen är öppen.\n\n{line}\n{line.lower()}\n{line[::2]}\nX     Y     Z\n" * 3)


def test_figures_alone_tell_of_a_table_a_cell_a_line() -> None:
    """Where columns are called after places, rows of figures alone tell that their lines are a table."""
    text = "Hamnen är öppen.\n\nMått\nLervik\nTorsvik\nRiket\nKronor per båt\n171 200\n168 900\n166 400\n"
    text += "Båtar per lots\n10,8\n11,7\n12,1\n\nUppgifterna avser 2030.\n"
    assert written(text) == [
        ["Kronor per båt", "171 200", "168 900", "166 400"],
        ["Båtar per lots", "10,8", "11,7", "12,1"],
    ]
