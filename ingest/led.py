"""Lines to grids: tables whose rows each begin with a space, as one extraction sets them.

Such a row stands between blank lines, an empty cell leaves one space more, and a cell that wraps has the rest of its
lines to itself; so a table is known from its header to its last row before anything is known of its cells. A table with
a row that is unlikely is left to the other readers, and so are those of indicators and activities, whose cells have
forms of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.blocks import spaced
from ingest.columns import is_numeric
from ingest.goal_columns import kinds_of
from ingest.led_headers import LedName, headers_of, is_known, may_go_on, may_head
from ingest.led_rows import LedRow, are_sure, led_rows
from ingest.led_words import FIGURE, Group, Groups, Word, cell_of, form_of
from ingest.number_cells import have_net
from ingest.source import Cell, Grid, Line, Row, Source, Span
from ingest.sums import column_sum, summed
from ingest.values import PART, TOTAL, number_in

_LONGEST, _MOST_BEFORE = 60, 16  # words of a row, and of one whose figures stand below
_MORE_NAMES = 4  # words of a line that names more columns
_FEWEST = 2  # rows that make a table
_HEADER = 2.0  # how much more it counts how likely the header is than how likely a row is
_CELLS = re.compile(r"(?:[-−–+]?\d[\d,.]*(?: %)?(?: |$)){2,}(?![a-zåäö])")  # nothing but figures


def led_tables(source: Source) -> Source:
    """The source with the lines of every table whose rows each begin with a space replaced by a grid."""
    if not spaced(source):
        return source  # lines below one another may as well be rows
    groups = Groups(source)
    items: list[Line | Grid] = []
    i = barred = 0  # where a table was left no row of it is a header, but for one of another that is known
    left = ""
    while i < len(source.items):
        head = groups.at(i) if groups.led(i) else None
        if head and may_head(head) and (i >= barred or (head.text != left and is_known(groups, head))):
            table, end = _first_table(groups, head)
            if table:
                items.append(table[0])
                i = barred = table[1]
                continue
            barred, left = max(barred, end), head.text
        items.append(source.items[i])
        i += 1
    return replace(source, items=tuple(items))


def _first_table(groups: Groups, head: Group) -> tuple[tuple[Grid, int] | None, int]:
    """The table below a header, or below as much of it as makes one, with the item after it; and the item up to which
    rows stand."""
    end = head.end
    for whole in _heads(groups, head):
        rows, end = _rows(groups, whole)
        if table := _table(groups, whole, rows):
            return table, end
    return None, end


def _heads(groups: Groups, head: Group) -> Iterator[Group]:
    """A header with the names of columns that a blank line parts from it, as where one that wraps stands higher than
    the next; then, or where there are none, as it is."""
    whole = head
    while (more := groups.at(whole.end)) is not None and _names_more(groups, more):
        lines, words = whole.lines + more.lines, whole.words + more.words
        whole = replace(whole, end=more.end, lines=lines, words=words)
    if whole is not head and groups.led(whole.end):
        yield whole
    yield head


def _names_more(groups: Groups, more: Group) -> bool:
    """True where lines below a header may be names of columns: few words, no row, no sentence and no figure."""
    few = len(more.words) <= _MORE_NAMES * len(more.lines)
    return few and not more.led and more.text[:1].isupper() and may_go_on(more)


def _rows(groups: Groups, head: Group) -> tuple[list[Group], int]:
    """The rows under a header, and the item after them. A page may repeat the header, and a blank line may stand before
    the figures below a label that wraps."""
    rows: list[Group] = []
    at, again = head.end, False
    while (group := groups.at(at)) is not None:
        repeated, again = again, group.text == head.text
        if not again:
            last = rows[-1] if rows else None
            below = last and not (group.led or last.words[-1].kind == "9" or len(last.words) > _MOST_BEFORE)
            if last and below and _CELLS.match(group.text):
                rows[-1] = replace(last, end=group.end, lines=last.lines + group.lines, words=last.words + group.words)
            elif not group.led and not (repeated and last):
                break
            elif last and may_head(group) and (TOTAL.match(last.text) or is_known(groups, group)):
                break  # the header of the next table
            else:
                rows.append(group)
        at = group.end
    return rows, at


def _table(groups: Groups, head: Group, rows: Sequence[Group]) -> tuple[Grid, int] | None:
    """The table of a header and its rows, and the item after it; None where it is none, or in doubt."""
    if len(rows) < _FEWEST or any(len(row.words) > _LONGEST for row in rows):
        return None
    best: tuple[float, list[LedName], list[LedRow]] | None = None
    for names, cost in headers_of(groups, head):
        texts = [name.text for name in names]
        if best is None and kinds_of(texts)[0] != "rows":
            return None
        if have_net(texts) and all(map(is_numeric, texts[1:])):
            return None  # which costs, revenue and net tell of one another
        read = led_rows([row.words for row in rows], texts)
        if read and (best is None or _HEADER * cost + read[1] < best[0]):
            best = _HEADER * cost + read[1], names, read[0]
    if best is None:
        return None
    _, names, table = best
    while table and table[-1].is_label:  # the heading of what follows
        table.pop()
    if len(table) < _FEWEST or not _tells(table, groups.traced):
        return None
    end = next(row.end for row in reversed(rows) if row.words[-1] in table[-1].words)
    header = Row(tuple(name.cell for name in names), _spans(groups.text, head.words))
    grid = summed(Grid((header, *_moved([_row(groups.text, row) for row in table])), header=1), groups.text)
    return None if _is_in_doubt(grid, table) else (grid, end)


def _is_in_doubt(grid: Grid, table: Sequence[LedRow]) -> bool:
    """True where a printed sum does not come out in a column with figures that spaces may part otherwise."""
    _, *body, last = grid.rows
    if not TOTAL.match(last.cells[0].text) or any(TOTAL.match(row.cells[0].text) for row in body):
        return False
    unsure = {n for row in table for n, cell in enumerate(row.cells) if not are_sure(row.words, cell)}
    return any(n in unsure for n, _ in _off(body, last))


def _row(text: str, row: LedRow) -> Row:
    cells = (cell_of(text, row.words[slice(*cell)]) if cell else Cell() for cell in row.cells)
    return Row(tuple(cells), _spans(text, row.words))


def _spans(text: str, words: Sequence[Word]) -> tuple[Span, ...]:
    """Where words stand: one span, or more where something else stands between."""
    spans: list[Span] = []
    for word in words:
        if spans and not text[spans[-1].end : word.start].strip():
            spans[-1] = Span(spans[-1].start, word.end)
        else:
            spans.append(Span(word.start, word.end))
    return tuple(spans)


def _tells(table: Sequence[LedRow], traced: bool) -> bool:
    """True where a table has words or times in some column, or figures that no space parts: else nothing here tells
    which spaces part thousands, nor which figure a row lacks that leaves no space in a document that leaves none
    elsewhere either (`traced`)."""
    forms = [Counter(form_of(row.says(n)) for row in table if row.cells[n]) for n in range(1, len(table[0].cells))]
    figures = [n for n, each in enumerate(forms, 1) if 2 * (each["figure"] + each["year"]) >= each.total()]
    rows = [row for row in table if not row.is_label and not TOTAL.match(row.words[0].text)]
    if any(_lacks(row, n, traced) for row in rows for n in figures):
        return False
    return len(figures) < len(forms) or not any(_PARTED.search(row.says(n)) for row in table for n in figures)


_PARTED = re.compile(r" (?!%)")  # a space within a figure


def _lacks(row: LedRow, column: int, traced: bool) -> bool:
    """True where a row has no figure in a column and nothing tells so, as a space does, or how the document is set."""
    if row.cells[column] or traced:
        return False
    after = next((n for n in range(column, len(row.cells)) if row.cells[n]), None)
    if after is None or (cell := row.cells[after]) is None:
        return True
    before = next(n for n in range(column, -1, -1) if n == 0 or row.cells[n])
    return row.words[cell[0]].empties < after - before - 1


def _moved(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with a figure in the column beside its own where both columns' printed sums come out only so."""
    *body, last = rows
    if not TOTAL.match(last.cells[0].text):
        return rows
    off = dict(_off(body, last))
    if len(off) != 2 or sum(off.values()) != 0:
        return rows
    (source, less), (target, _) = sorted(off.items(), key=lambda each: each[1])
    places = [
        n
        for n, row in enumerate(body)
        if number_in(row.cells[source].text) == -less and not row.cells[target].text and abs(source - target) == 1
    ]
    if len(places) != 1:
        return rows
    cells = list(body[places[0]].cells)
    cells[target], cells[source] = cells[source], Cell()
    body[places[0]] = replace(body[places[0]], cells=tuple(cells))
    return [*body, last]


def _off(rows: Sequence[Row], total: Row) -> Iterator[tuple[int, Decimal]]:
    """The columns whose printed sum is another than their figures', and by how much it is more."""
    parts = [row for row in rows if not PART.match(row.cells[0].text)]
    for n, cell in enumerate(total.cells):
        wanted = number_in(cell.text) if n and FIGURE.fullmatch(cell.text) else None
        if wanted is not None and (off := wanted - column_sum(parts, n)):
            yield n, off
