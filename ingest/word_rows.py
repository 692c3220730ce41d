"""Rows with words in more than the first column: amounts and what they are for, names and comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.beside import Wrapped, shared
from ingest.blocks import Block, Blocks, Joined
from ingest.columns import STREET, dangling
from ingest.goal_columns import FORMS, Kind, kind_of
from ingest.grids import FOOTNOTE
from ingest.ladder import is_rung
from ingest.number_cells import sole_reading
from ingest.row_readings import like_label
from ingest.source import Cell, Row, Span
from ingest.values import AMOUNT, MONTHS, UNIT, folded, number_in
from ingest.when import WHEN

_WITH_UNIT = re.compile(r"\d ?(?:%|kr|kronor|tkr|mnkr|st)\b|%")
_MONTH = re.compile(rf"({'|'.join(MONTHS)})(?:[–-]\w+)? \S", re.IGNORECASE)
SAYS = re.compile(r"(?<! som) (?:är|var|har|ska|kan|äger|blir) ")  # what sentences have and labels have not
_ONE_SUM = re.compile(rf"((?:Summa|Totalt?)\b\D*?) ({AMOUNT}{UNIT}) *$")
_OF_UNITS = re.compile(r"Enhet|Måttenhet|Mått|Sort|Per")  # columns of them
_IN_NAMES = frozenset(("av", "med", "för", "i", "till", "per", "under", "från", "inom"))
# Words that a comment's clause has and a name has not: where a flattened line of name and comment divides.
_CLAUSE = frozenset(
    """av med som för om på i till från inom är var har hade ska skall kan kommer blir utan vid under mot per att enligt
    vars efter innan samt när utreds pågår planeras löper lämnar avvecklas byggs öppnar flyttar stängs rivs utökas upp
    renoveras upphör återlämnas""".split()  # noqa: SIM905
)


def amount_rows(
    blocks: Blocks, start: int, columns: Sequence[str], amounts: int, unit: str = UNIT
) -> tuple[list[Row], int] | None:
    """Rows of a label, `amounts` amounts that may have units, and the words of a last column where there is one more.

    The rows from place `start` on and the place after them; None where there are fewer than three, or where nothing
    but their form says that they are rows. Under a header of indicators one is enough.
    """
    known = columns[0].startswith("Indikator")
    value = rf"({AMOUNT}{unit}|[-–]|(?= ))"
    # No words are an amount and a time: "etapp 1 3,1 5,4 juni" has its first amount after "etapp 1".
    words = rf"(?: ((?!%|-?\d+,\d+ (?:{WHEN}) *$)\S.*?))?" if len(columns) > amounts + 1 else ""
    pattern = re.compile(rf"^(.{{2,90}}?) {' '.join([value] * amounts)}{words} *$", re.DOTALL | re.IGNORECASE)
    header = [block.words for block in blocks.run(start - 1, start)]
    rows: list[Row] = []
    at = start
    while (block := blocks.at(at)) is not None:
        if [block.words] == header:
            at += 1
            continue
        row = next((row for size in (1, 2) if (row := _amount_row(blocks, at, size, columns, amounts, pattern))), None)
        said = known or len(columns) > amounts + 1
        if row is None or not (said or any(_WITH_UNIT.search(cell.text) for cell in row[0].cells)):
            break
        if unit and _OF_UNITS.fullmatch(columns[-1]) and _last_has_unit(row[0].cells[1 : 1 + amounts]):
            return amount_rows(blocks, start, columns, amounts, "")  # it is that of the last column
        rows.append(row[0])
        at = row[1]
        below = blocks.at(at)
        label = rows[-1].cells[0]
        if below is not None and dangling(label.text) and re.fullmatch(r"[^\d.:;]{2,30}", below.words):
            joined = blocks.joined(at, at + 1)
            more = joined.cell(blocks.text, 0, len(joined.text))
            label = Cell(f"{label.text} {more.text}", label.spans + more.spans)
            rows[-1] = Row((label, *rows[-1].cells[1:]), rows[-1].spans + joined.spans())
            at += 1
        elif below is not None and len(columns) > amounts + 1 and _goes_below(rows[-1].cells[-1].text, below.words):
            joined = blocks.joined(at, at + 1)
            more, last = joined.cell(blocks.text, 0, len(joined.text)), rows[-1].cells[-1]
            cell = Cell(f"{last.text} {more.text}".strip(), last.spans + more.spans)
            rows[-1] = Row((*rows[-1].cells[:-1], cell), rows[-1].spans + joined.spans())
            at += 1
    if total := _sum_of_one(blocks, at, rows, amounts):
        rows, at = [*rows, total], at + 1
    if 2 * sum(STREET.search(row.cells[0].text) is not None for row in rows) > len(rows):
        return None  # the numbers of houses
    return (rows, at) if len(rows) > (0 if known else 2) else None


def _last_has_unit(amounts: Sequence[Cell]) -> bool:
    """True where the last of some amounts has a unit and another has none, which columns of amounts share."""
    filled = [_WITH_UNIT.search(cell.text) is None for cell in amounts if cell.text]
    return any(filled) and not filled[-1]


def _sum_of_one(blocks: Blocks, at: int, rows: Sequence[Row], amounts: int) -> Row | None:
    """The sum at a place that has one figure, which is the sum of just one of the columns; None where none is."""
    joined = blocks.joined(at, at + 1)
    found = _ONE_SUM.match(joined.text)
    if not found or amounts < 2:
        return None
    wanted = number_in(found[2])
    sums = [sum(number_in(row.cells[n].text) or 0 for row in rows) for n in range(1, amounts + 1)]
    if sums.count(wanted or 0) != 1 or not wanted:
        return None
    cells = [Cell()] * len(rows[0].cells)
    cells[0] = joined.cell(blocks.text, *found.span(1))
    cells[1 + sums.index(wanted)] = joined.cell(blocks.text, *found.span(2))
    return Row(tuple(cells), joined.spans())


def rows_beside(blocks: Blocks, start: int, columns: Sequence[str]) -> tuple[list[Row], int] | None:
    """Rows of a label, amounts or a status, and words, of which label and words wrap beside one another.

    They stand from place `start` up to a blank line or a heading, whose place is given with them. None where no label
    is seen to go on below and no status tells where it ends.
    """
    status = [kind_of(name) == "status" for name in columns[1:-1]]
    forms = [f"({FORMS['status']})" if of else f"((?i:{AMOUNT}{UNIT})|[-–])" for of in status]
    words = r"\S.*" if any(status) else r"[^\W\d_].*"  # a figure may be one amount more
    pattern = re.compile(rf"^(\S.{{1,90}}?) {' '.join(forms)} ({words})$")
    found: list[tuple[re.Match[str], Joined, list[Block]]] = []
    header = [block.words for block in blocks.run(start - 1, start)]
    at, told = start, any(status)
    while (block := blocks.at(at)) is not None and not block.lines[0].listed and not (at > start and blocks.blank(at)):
        if [block.words] == header:
            at += 1
            continue
        joined = blocks.joined(at, at + 1)
        if row := pattern.match(joined.text.rstrip()):
            found.append((row, joined, []))
        elif found and blocks.page_before(at) and block.words[:1].isupper():
            break
        elif not found or len(found[-1][2]) > 2 or len(block.lines) > 1 or is_rung(block.words):
            return None
        else:
            found[-1][2].append(block)
            told = told or dangling(found[-1][0][1])
        at += 1
    if len(found) < 3 or not told:
        return None
    kinds: list[Kind] = ["status" if of else "outcome" for of in status]
    wrapped = []
    for row, joined, below in found:
        cells = [joined.cell(blocks.text, *row.span(n + 1)) for n in range(len(columns))]
        spans = tuple(Span(block.lines[0].start, block.lines[0].end) for block in below)
        rest = Cell(" ".join(block.words for block in below), spans)
        wrapped.append(Wrapped(cells[0], tuple(cells[1:]), (*kinds, "comment"), rest))
    places = [(*joined.spans(), *each.rest.spans) for (_, joined, _), each in zip(found, wrapped, strict=True)]
    read = shared(wrapped, blocks.said)
    return [Row(cells, spans) for cells, spans in zip(read, places, strict=True)], at


def month_rows(blocks: Blocks, start: int) -> tuple[list[Row], int] | None:
    """Rows of a month and what happens in it, in as many lines as that takes, up to a blank line or a heading.

    None where there are fewer than three, or where the months are in no order.
    """
    rows: list[tuple[int, int]] = []
    at, last = start, -1
    while (block := blocks.at(at)) is not None and not block.lines[0].listed and not (at > start and blocks.blank(at)):
        month = _MONTH.match(block.words)
        if month and MONTHS.index(month[1].lower()) > last:
            last = MONTHS.index(month[1].lower())
            rows.append((at, at + 1))
        elif not rows or len(block.lines) > 1:
            return None
        else:
            rows[-1] = rows[-1][0], at + 1
        at += 1
    read = []
    for begin, end in rows:
        joined = blocks.joined(begin, end)
        cut = joined.text.index(" ")
        cells = joined.cell(blocks.text, 0, cut), joined.cell(blocks.text, cut, len(joined.text))
        read.append(Row(cells, joined.spans()))
    return (read, at) if len(read) > 2 else None


def _goes_below(cell: str, words: str) -> bool:
    """True where a line is a row's last cell, which stands under the others, or the rest of one: a time, or words that
    begin small."""
    if len(words) > 60 or re.search(r"\d,\d", words):
        return False
    return words[:1].islower() or (not cell and re.fullmatch(WHEN, words, re.IGNORECASE) is not None)


def _amount_row(
    blocks: Blocks, at: int, size: int, columns: Sequence[str], amounts: int, pattern: re.Pattern[str]
) -> tuple[Row, int] | None:
    """A row of `size` blocks; of two, the first is the label and the second begins with the amount."""
    parts = blocks.run(at, at + size)
    if len(parts) < size or (size == 2 and len(parts[0].words) > 90):
        return None
    joined = blocks.joined(at, at + size)
    found = pattern.match(joined.text.rstrip(" ") + " ")
    if (
        not found
        or SAYS.search(found[1])
        or not like_label(folded(found[1]).rstrip("."))
        or not re.search(r"\d", joined.text[found.start(2) : found.end(1 + amounts if blocks.traced else 2)])
    ):
        return None
    if size == 2 and len(folded(found[1])) != len(parts[0].words):
        return None
    spans = [found.span(n) for n in range(1, len(columns) + 1)]
    filled = [n for n in range(1, amounts + 1) if found[n]] if blocks.traced else range(1, amounts + 1)
    begin, end = spans[filled[0]][0], spans[filled[-1]][1]
    if len(filled) > 1 and re.fullmatch(r"[\d,. \u00a0\u2009\u202f+−–-]+", joined.text[begin:end]):
        # Spaces part both numbers and thousands: the cells are known only where one reading fits.
        read = sole_reading(joined.text[begin:end], ["", *(columns[n] for n in filled)])
        if read is None:
            return None
        for n, cell in zip(filled, read, strict=True):
            spans[n] = (begin + cell[0], begin + cell[1]) if cell else (begin, begin)
    cells = [joined.cell(blocks.text, *span) if span[1] > span[0] else Cell() for span in spans]
    return Row(tuple(cells), joined.spans()), at + size


def comment_rows(blocks: Blocks, start: int, header: str) -> tuple[list[Row], int] | None:
    """Rows of a name and a comment; None where there are fewer than two.

    A name that wraps is a block by itself and its comment the next; a name with no comment after it is a group's.
    """
    text = blocks.text
    rows: list[Row] = []
    at, repeated = start, False
    while (block := blocks.at(at)) is not None:
        if block.words == header:
            at, repeated = at + 1, True
            continue
        if FOOTNOTE.match(block.words) or block.lines[0].listed or is_rung(block.words):
            break
        joined = blocks.joined(at, at + 1)
        cut = clause_start(joined.text)
        if repeated and cut is None and rows and _goes_on(rows[-1]) and not _is_name(block):
            rows[-1] = _continued(rows[-1], joined, text)
        elif cut:
            rows.append(Row((joined.cell(text, 0, cut), joined.cell(text, cut, len(joined.text))), joined.spans()))
        elif cut is None and _is_name(block):
            after = blocks.at(at + 1)
            wraps = blocks.apart and not block.raw.endswith("  ")  # which an empty cell leaves
            below = blocks.at(at + 2)
            if wraps and below is not None and not below.broken and below.words[:1].islower():
                break  # a heading, and prose that goes on
            if after is not None and wraps and not _is_name(after) and clause_start(after.raw) is None:
                both = blocks.joined(at, at + 2)
                end = len(joined.text)
                rows.append(Row((both.cell(text, 0, end), both.cell(text, end, len(both.text))), both.spans()))
                at += 1
            elif _known_group(blocks, at, header):
                rows.append(Row((joined.cell(text, 0, len(joined.text)), Cell()), joined.spans()))
            else:
                break
        else:
            break
        at, repeated = at + 1, False
    while rows and not rows[-1].cells[1].text:  # a name at the end is the next heading
        rows.pop()
        at -= 1
    return (rows, at) if len(rows) > 1 else None


def _is_name(block: Block) -> bool:
    """True where a block could be a name by itself rather than a comment or prose."""
    words = block.words
    if len(words) > 90 or not words[:1].isupper() or words.endswith((".", ",", ";", "!")):
        return False
    return not (_CLAUSE - _IN_NAMES) & set(words.lower().split())


def _known_group(blocks: Blocks, at: int, header: str) -> bool:
    """True where a name by itself is a group's: its empty cell left a space, or a row or the header follows it."""
    block, after = blocks.at(at), blocks.at(at + 1)
    if block is None or after is None:
        return False
    if block.raw.endswith("  ") or after.words == header:
        return True
    row = len(block.lines) > 1 or len(after.lines) > 1 or after.words.endswith(".")
    return row and clause_start(after.raw) is not None


def _goes_on(row: Row) -> bool:
    """True where a row's comment stops in the middle of a sentence."""
    return bool(row.cells[1].text) and not row.cells[1].text.endswith((".", "!", "?"))


def _continued(row: Row, joined: Joined, text: str) -> Row:
    more = joined.cell(text, 0, len(joined.text))
    name, comment = row.cells
    return Row((name, Cell(f"{comment.text} {more.text}", comment.spans + more.spans)), row.spans + joined.spans())


def clause_start(text: str) -> int | None:
    """Where in "Name Comment of several words" the comment begins: the last capital before its first clause word."""
    words = list(re.finditer(r"\S+", text))
    for n, found in enumerate(words):
        ends = re.search(r"(?:[a-zåäö]{2}|\d\d)\.$", found.group()) is not None
        if n and (ends or found.group().lower().strip(".,;:") in _CLAUSE):
            return next((words[back].start() for back in range(n, 0, -1) if words[back].group()[:1].isupper()), None)
    return None


def listed_rows(blocks: Blocks, start: int, header: str) -> tuple[list[Row], int] | None:
    """Rows of a name and one word it belongs to, as units and their departments.

    Nothing parts the two but that the same words come again: most of the last words must stand in more than one row.
    """
    found: list[tuple[int, Joined, int]] = []
    at = start
    while (block := blocks.at(at)) is not None:
        if block.words == header:
            at += 1
            continue
        joined = blocks.joined(at, at + 1)
        last = re.search(r"(?<=\S) (\S+)\s*$", joined.text)
        if not last or len(block.lines) > 1 or not last[1][:1].isupper() or not block.words[:1].isupper():
            break
        if re.search(r"[.:,;]$", block.words) or len(block.words) > 90:
            break
        found.append((at, joined, last.start(1)))
        at += 1
    again = Counter(joined.text[cut:].strip() for _, joined, cut in found)
    if sum(count for count in again.values() if count > 1) * 2 < len(found) or len(found) < 3:
        return None
    rows = [
        Row((joined.cell(blocks.text, 0, cut), joined.cell(blocks.text, cut, len(joined.text))), joined.spans())
        for _, joined, cut in found
    ]
    return rows, at
