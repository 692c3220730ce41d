"""Lines to the tables that belong to a goal: indicators with their targets, and activities with their dates.

A table is known by its header, every word of which names a column, and a row by the forms of its cells: from the right,
since only the name, the text, and who answers for it have no known form. Who that is begins a line or is told by its
words, or is somebody who answers for something else too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from ingest.blocks import Block, Joined
from ingest.columns import is_name, like_header, likeliest
from ingest.goal_columns import FORMS, FREE, VALUE, VALUES, Kind, TableKind, begins_header, header_in, kinds_of
from ingest.grids import FOOTNOTE
from ingest.number_rows import holds_numbers
from ingest.outline import is_chapter, is_rubric, is_rung
from ingest.responsible import who_begins
from ingest.source import Cell, Grid, Line, Row, Source, Span
from ingest.values import folded, mended
from ingest.when import NEVER, WHEN

_COUNCILS_OWN = re.compile(r"Tas fram av|Fastställ", re.IGNORECASE)
_CUT_SHORT = re.compile(r"\b(?:av|i|till)$|/$")
_TIME = re.compile(r"(?:dagar|timmar|minuter|månader|veckor|år)$")
_FIGURE = re.compile(rf"{VALUE}(?: |$)")
_LISTS = re.compile(
    r"(?:(?:[A-ZÅÄÖ]\w+ )?(?:aktiviteter|åtgärder|insatser|uppdrag|åtaganden)|(?:det(?: här|ta) )?ska vi göra|"
    r"(?:det(?: här|ta) )?gör vi|vad vi ska göra|handlingsplan|tidsplan)(?: (?:under |för )?(?:20\d\d|året))?:?",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[•·▪◦●○■\uf0b7\uf0a7\uf02d\u2023*–-]\s+\S")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+\S")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\.?$")
_TIME_AT_END = re.compile(rf"(?: [–—-]|[,;:.]? \(?|,) ?({WHEN})\)?\.?$", re.IGNORECASE)
_WHO_AT_END = re.compile(r"[,(;.] ?(?:(?i:ansvarigt?):? (?=\w)|(?=[A-ZÅÄÖ]))([^,;.()]{3,50})[,;:]?$")
_WHO_IN_BRACKETS = re.compile(r"(?:^|[,;] ?)ansvarigt?:? ([^,;()]{3,50})", re.IGNORECASE)
_TIME_IN_BRACKETS = re.compile(rf"(?:^|[,;] ?)(start(?:ar)?:? )?({WHEN})(?=$|[,;])", re.IGNORECASE)
_MOST_LINES = 16  # of a row
_HEADER_LINES, _HEADER_LENGTH = 8, 160


def goal_tables(source: Source) -> Source:
    """The source with the lines of every table of indicators or activities replaced by a grid."""
    lines = _Lines(source)
    items: list[Line | Grid] = []
    i = 0
    while i < len(lines.items):
        item = lines.items[i]
        if isinstance(item, Grid):
            items.append(item)
            i += 1
            continue
        listed = _listed(lines, i + 1) if _LISTS.fullmatch(item.words) else None
        if listed:
            items += [*item.lines, listed[0]]
            i = listed[1]
            continue
        table = _table_at(lines, i)
        read = _Reading(lines, table).rows() if table else None
        if table and read:
            header = Row(tuple(Cell(name) for name in table.names), lines.joined(i, table.start).spans())
            items.append(Grid((header, *read[0]), header=1))
            i = read[1]
        else:
            items.extend(item.lines)
            i += 1
    return replace(source, items=tuple(items))


class _Lines:
    """A document's lines, a block each, and the grids that a reader found, in reading order."""

    def __init__(self, source: Source) -> None:
        text = self.text = source.text
        self.items: list[Block | Grid] = []
        self.close: list[bool] = []  # no blank line and no page break stands before the line
        self.far: list[bool] = []  # more than one blank line does
        last: Line | Grid | None = None
        for item in source.items:
            between = text[last.end : item.start] if isinstance(last, Line) else "\n\n"
            one = between.count("\n") == 1
            broken = isinstance(last, Line) and bool(between.strip() or "\f" in between or (one and between[-1] == " "))
            self.close.append(one and not broken)
            self.far.append(not broken and between.count("\n") > 2)
            if isinstance(item, Grid):
                self.items.append(item)
            else:
                end = text.find("\n", item.end)
                raw = text[item.start : end if end >= 0 else len(text)]
                self.items.append(Block((item,), raw, folded(raw), broken, 0))
            last = item
        # Where some lines have a blank one before them and some have not, a cell's lines are those that stand close.
        self.apart = 0.03 * len(self.close) < sum(self.close) < 0.97 * len(self.close)

    @cached_property
    def folded(self) -> str:
        """The whole text, its white space folded."""
        return folded(self.text)

    def counted(self, words: str) -> int:
        """How often the document says these words."""
        return self.folded.count(words)

    def opens(self, i: int) -> bool:
        """True where a chapter or another table begins at place `i`: a title of the list of contents, a numbered
        heading, or a header of amounts."""
        block = self.at(i)
        if block is None or holds_numbers(block):
            return False
        if block.lines[0].listed or is_chapter(block.words) or _LISTS.fullmatch(block.words):
            return True
        names = likeliest([[block.words]], True) if like_header(block.words) else None
        return names is not None and 2 * sum(map(is_name, names[1:])) >= len(names)

    def at(self, i: int) -> Block | None:
        """The line at place `i`, None where there is a grid or nothing."""
        found = self.items[i] if i < len(self.items) else None
        return found if isinstance(found, Block) else None

    def joined(self, i: int, j: int) -> Joined:
        """The lines from place `i` to before place `j` as one string."""
        return Joined(self.text, [block for block in self.items[i:j] if isinstance(block, Block)])


def _listed(lines: _Lines, start: int) -> tuple[Grid, int] | None:
    """The items of a list under "Aktiviteter", each with its time at the end, and the place after them.

    Two items, and half of them, must name a time; who answers for one stands before it, after a comma.
    """
    rows: list[Row] = []
    dated = 0
    at = start
    item = next((each for each in (_BULLET, _NUMBERED) if (first := lines.at(start)) and each.match(first.words)), None)
    while item and (block := lines.at(at)) is not None and item.match(block.words):
        end = at + 1
        while (more := lines.at(end)) is not None and lines.close[end] and not item.match(more.words):
            end += 1
        joined = lines.joined(at, end)
        spans = _item_cells(joined.text.rstrip())
        rows.append(Row(tuple(joined.cell(lines.text, *span) if span[1] else Cell() for span in spans), joined.spans()))
        dated += any(end for _, end in spans[2:])
        at = end
    if dated < 2 or dated * 2 < len(rows):
        return None
    header = Row((Cell("Aktivitet"), Cell("Ansvarig"), Cell("Start"), Cell("Slut")), ())
    return Grid((header, *rows), header=1), at


def _item_cells(body: str) -> list[tuple[int, int]]:
    """Where in an item stand what is to be done, who answers for it, its beginning and its end; (0, 0) for none."""
    none = 0, 0
    begin = len(body) - len(re.sub(r"^(?:\d{1,2}[.)]|\W)\W*", "", body))
    bracket = _IN_BRACKETS.search(body)
    time = _TIME_IN_BRACKETS.search(bracket[1]) if bracket else None
    if bracket and time:
        at, who = bracket.start(1), _WHO_IN_BRACKETS.search(bracket[1])
        when = at + time.start(2), at + time.end(2)
        named = (at + who.start(1), at + who.end(1)) if who else none
        return [(begin, bracket.start()), named, when if time[1] else none, none if time[1] else when]
    time = _TIME_AT_END.search(body)
    words = body[: time.start()] if time else body
    who = _WHO_AT_END.search(words) if time else None
    return [
        (begin, who.start() if who else len(words)),
        who.span(1) if who else none,
        none,
        time.span(1) if time else none,
    ]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table known by its header: what it is of, its columns' names and kinds, and the place after the header."""

    kind: TableKind
    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    start: int


def _table_at(lines: _Lines, i: int) -> _Table | None:
    """The table whose header begins at place `i`, None where none does."""
    block = lines.at(i)
    if block is None or not begins_header(block.words):
        return None
    words, best = "", None
    for j in range(i, i + _HEADER_LINES):
        block = lines.at(j)
        if block is None or (j > i and block.broken) or len(words) + len(block.words) > _HEADER_LENGTH:
            break
        words = f"{words}\n{block.words}" if words else block.words
        names = header_in(mended(words))
        kind, kinds = kinds_of(names) if names else ("rows", [])
        if names and kind != "rows" and None not in kinds and not {"indicator", "activity"} & set(kinds[1:]):
            best = _Table(kind, tuple(names), tuple(filter(None, kinds)), j + 1)
    return best


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where in a row's string its name ends, and the cells after it stand; None for a cell whose value is in doubt."""

    name: int
    cells: tuple[tuple[int, int] | None, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A row read, what its first cell has after the other cells, and the place after it."""

    row: Row
    rest: Cell
    after: int


class _Reading:
    """One table being read: its rows from place `table.start` on."""

    def __init__(self, lines: _Lines, table: _Table) -> None:
        self.lines, self.table = lines, table
        kinds = table.kinds[1:]
        typed = next(n for n, kind in enumerate(kinds) if kind in FORMS)
        self.front, self.tail = kinds[:typed], kinds[typed:]
        self.patterns = [(n, _pattern(self.tail[n:])) for n in range(_droppable(self.tail) + 1)]
        self.periodic = self.tail[-1] == "period"
        self.begins = re.compile("|".join({f"(?:{FORMS[kind]})(?: |$)" for kind in self.tail if kind in FORMS}))

    def rows(self) -> tuple[list[Row], int] | None:
        """The rows and the place after them; None where there are none.

        A comment is a row whose first cell is "Kommentar" and whose second holds its words.
        """
        found: list[_Found] = []
        at, repeated = self.table.start, False
        while (block := self.lines.at(at)) is not None:
            again = _table_at(self.lines, at)
            if again and again.names == self.table.names:
                at, repeated = again.start, True
            elif again:
                break
            elif found and repeated and (more := self._continued(found[-1], at)):
                found[-1], at, repeated = more, at + 1, False
            elif found and self.table.kind == "indicators" and block.words.rstrip(":") == "Kommentar":
                end = self._comment_end(at)
                found.append(_Found(self._comment_row(self.lines.joined(at, end)), Cell(), end))
                at, repeated = end, False
            elif read := self._row(at):
                found.append(read)
                at, repeated = read.after, False
            else:
                break
        return (self._divided(found), at) if found else None

    # A row

    def _row(self, i: int) -> _Found | None:
        """The row that begins at place `i`, None where none does."""
        kept: list[Block] = []
        j, broken, partly = i, False, None
        while (block := self.lines.at(j)) is not None and len(kept) < _MOST_LINES:
            if FOOTNOTE.match(block.words) or is_rung(block.words) or (j > i and is_rubric(block.words)):
                break
            if self.lines.opens(j) or (self._is_item(j) and not self._is_item(self.table.start)):
                break
            again = _table_at(self.lines, j)
            if again:
                if not block.broken or j == i:
                    break
                after = self.lines.at(again.start)
                j, broken = again.start, True
                if after is not None:
                    kept.append(replace(after, broken=True))
                    j += 1
            else:
                if j > i and not self._may_go_on(j, broken):
                    break
                kept.append(block)
                broken = block.broken
                j += 1
            joined = Joined(self.lines.text, kept)
            cut = self._cut(joined.text)
            if cut and self._in_doubt(joined, cut, j):
                partly, cut = partly or (None if self.front else (list(kept), cut, j)), None
            if cut and (cut.whole or self.periodic) and not self._stops_short(joined, j):
                return self._evened(kept, j) or self._made(kept, cut, j)
            if cut and partly is None:
                partly = list(kept), cut, j
            after = self.lines.at(j)
            ended = self.table.kind == "indicators" and block.words.endswith(".")
            if ended and not (after and self.begins.match(after.words)):
                break
        return self._made(*partly) if partly else None

    def _evened(self, kept: list[Block], j: int) -> _Found | None:
        """The row with a last figure that stands alone on the next line, where all are then of as many groups."""
        after = self.lines.at(j)
        if self.tail[-1] not in VALUES or after is None or not _FIGURE.fullmatch(after.words):
            return None
        cut = self._cut(Joined(self.lines.text, [*kept, after]).text)
        return self._made([*kept, after], cut, j + 1) if cut and cut.whole else None

    def _may_go_on(self, j: int, broken: bool) -> bool:
        """True where the line at place `j` may belong to the row of the line before it."""
        block = self.lines.at(j)
        if block is None or self.lines.close[j] or block.broken or broken or not self.lines.apart:
            return True
        if self.begins.match(block.words):
            return True
        if self.lines.far[j]:
            return False
        if self.front and len(block.words) <= 70 and not block.words.endswith("."):
            return True
        return self.table.kind == "activities" and j + 1 < len(self.lines.close) and self.lines.close[j + 1]

    def _is_item(self, j: int) -> bool:
        block = self.lines.at(j)
        return block is not None and _BULLET.match(block.words) is not None and block.words[0] not in "*–-"

    def _stops_short(self, joined: Joined, j: int) -> bool:
        after = self.lines.at(j)
        return after is not None and after.words[:1].islower() and _CUT_SHORT.search(joined.text.rstrip()) is not None

    def _in_doubt(self, joined: Joined, cut: _Cut, j: int) -> bool:
        """True where a row's only time is a bare word ("höst") that may be the text's: somebody is still to be named,
        or the time to come."""
        if self.table.kind != "activities" or any(
            span and re.search(r"\d|[-–—]$", joined.text[slice(*span)]) for span in cut.cells
        ):
            return False
        if any(span and re.match(NEVER, joined.text[slice(*span)], re.IGNORECASE) for span in cut.cells):
            return False
        after = self.lines.at(j)
        if after is not None and self.begins.match(after.words):
            return True
        return bool(self.front) and self._who(joined.cell(self.lines.text, 0, cut.name), (), False) is None

    def _cut(self, text: str) -> _Cut | None:
        """How a row's string divides into cells, None where it is no row, or not yet a whole one."""
        body = text.rstrip()
        starts = [found.end() for found in re.finditer(r"\S ", body)]
        starts = [start for start in starts if re.search(r"[^\W\d_]", body[:start])]  # a number is no name
        for missing, pattern in self.patterns:
            for start in starts:
                found = pattern.match(body, start)
                if found and (cells := self._cells(found, missing)) is not None:
                    return _Cut(start, cells, missing == 0)
        return None

    def _cells(self, found: re.Match[str], missing: int) -> tuple[tuple[int, int] | None, ...] | None:
        """The cells that a pattern found, None where its words say that they are others."""
        texts = found.groups()
        typed = [text for text, kind in zip(texts, self.tail[missing:], strict=True) if kind in FORMS and text]
        if not typed or (self.tail[-1] in FORMS and not texts[-1]):
            return None
        figures = [text for text, kind in zip(texts, self.tail[missing:], strict=True) if kind in VALUES and text]
        if len(figures) > 1 and _TIME.search(figures[0]) and not any(map(_TIME.search, figures[1:])):
            return None  # "… efter 5 år 60 %": the years belong to the name
        if self.periodic and not figures and texts[-1][0].islower():
            return None  # "… kvar efter ett år": no period
        if missing and len(figures) == 1 and re.fullmatch(r"20\d\d", figures[0]):
            return None  # the year of a heading
        free = [text for text, kind in zip(texts, self.tail[missing:], strict=True) if kind in FREE]
        if any(_FIGURE.match(text) for text in free):
            return None
        spans: list[tuple[int, int] | None] = [found.span(n + 1) if text else (0, 0) for n, text in enumerate(texts)]
        if len(figures) == len(texts) - self.periodic and (even := _even(found, len(figures))):
            spans[: len(figures)] = even
        if missing and self.tail[missing] in VALUES and not _COUNCILS_OWN.match(texts[0]):
            # No trace of which cell is empty: reported rather than guessed.
            spans = [None if kind in VALUES else span for kind, span in zip(self.tail[missing:], spans, strict=True)]
        return (*[None] * missing, *spans)

    def _made(self, kept: list[Block], cut: _Cut, j: int) -> _Found:
        """The row of these lines and of those after them that go on in it."""
        text, lines = self.lines.text, self.lines
        joined = Joined(text, kept)
        end = len(joined.text)
        while (block := lines.at(j)) is not None and self._is_rest(j):
            kept.append(block)
            j += 1
        last = self.tail[-1]
        if last == "source" and (cut.cells[-1] or (0, 0))[1] == 0 and block is not None and self._is_short_cell(j):
            kept.append(block)
            j += 1
        joined = Joined(text, kept)
        cells = [joined.cell(text, *span) if span else Cell() for span in cut.cells]
        rest = joined.cell(text, end, len(joined.text))
        name = joined.cell(text, 0, cut.name)
        if rest.text and last in FREE:
            cells[-1], rest = _both(cells[-1], rest), Cell()
        return _Found(Row((name, *[Cell()] * len(self.front), *cells), joined.spans()), rest, j)

    def _is_rest(self, j: int) -> bool:
        """True where the line after a row's last cell is the rest of one that wraps beside it."""
        block, after = self.lines.at(j), self.lines.at(j + 1)
        if block is None or after is None or not block.words[:1].islower() or _table_at(self.lines, j):
            return False
        near = self.lines.close[j] or not self.lines.apart
        return near and self._cut(block.raw) is None and not self.begins.match(after.words)

    def _is_short_cell(self, j: int) -> bool:
        block = self.lines.at(j)
        if block is None or len(block.words) > 60 or block.words.endswith(".") or is_rubric(block.words):
            return False
        after = self.lines.at(j + 1)
        fits = self._cut(block.raw) is None and not (after and self.begins.match(after.words))
        return fits and not is_rung(block.words) and _table_at(self.lines, j) is None

    def _continued(self, found: _Found, at: int) -> _Found | None:
        """The row with the rest of a cell that a page break divided and that stands under the header's repetition.

        The rest begins in the middle of a sentence or leaves the spaces of the empty cells after it, and no row ends
        with it. Which cell it belongs to is told by these spaces, else by the cell that stops short ("Tas fram av").
        """
        block, row = self.lines.at(at), found.row
        if block is None or self._cut(block.raw) is not None:
            return None
        after = len(block.raw) - len(block.raw.rstrip(" ")) - 1 if self.lines.apart else 0
        if not block.words[:1].islower() and not 0 < after == len(row.cells) - 1:
            return None
        stopped = [n for n, cell in enumerate(row.cells) if n and _CUT_SHORT.search(cell.text)]
        column = len(row.cells) - 1 - after if 0 < after < len(row.cells) else stopped[0] if stopped else 0
        joined = self.lines.joined(at, at + 1)
        more, spans = joined.cell(self.lines.text, 0, len(joined.text)), row.spans + joined.spans()
        if column == 0:
            return _Found(Row(row.cells, spans), _both(found.rest, more), at + 1)
        cells = (*row.cells[:column], _both(row.cells[column], more), *row.cells[column + 1 :])
        return _Found(Row(cells, spans), found.rest, at + 1)

    # Who answers for it

    def _divided(self, found: Sequence[_Found]) -> list[Row]:
        """The rows, their first cell divided into the text and who answers for it where that column comes next."""
        rows: list[Row] = []
        known: set[str] = set()
        for sure in (True, False) if self.front else (False,):
            rows = []
            for each in found:
                name, *cells = each.row.cells
                if self.front and not cells[0].text and (at := self._who(name, known, sure)):
                    name, cells[0] = _cut_cell(name, self.lines.text, at)
                    known.add(cells[0].text)
                rows.append(Row((_both(name, each.rest), *cells), each.row.spans))
        return rows

    def _who(self, cell: Cell, known: Collection[str], sure: bool) -> int | None:
        """Where in the cell's lines who answers for it begins, None where it names nobody."""
        parts = [self.lines.text[span.start : span.end] for span in cell.spans]
        apart = [self.lines.text.count("\n", a.end, b.start) > 1 for a, b in pairwise(cell.spans)]
        return who_begins("\n".join(parts), apart, known, self.lines.counted, sure)

    # Comments

    def _comment_end(self, i: int) -> int:
        """The place after a "Kommentar" line and the sentences under it."""
        j = i + 1
        while (block := self.lines.at(j)) is not None and j - i <= 24:
            if is_rung(block.words) or is_rubric(block.words) or _table_at(self.lines, j):
                break
            before = self.lines.at(j - 1)
            if j > i + 1 and before is not None:
                if self._row(j) is not None:
                    break
                if before.words.endswith((".", "!", "?")) and self._starts_anew(j):
                    break
            j += 1
        return j

    def _starts_anew(self, j: int) -> bool:
        """True where the line before ended a paragraph: it stops well short of the next, or a longer cell follows."""
        before, after = self.lines.at(j - 1), self.lines.at(j)
        assert before is not None
        assert after is not None
        wraps = not self.lines.close[j] and j + 1 < len(self.lines.close) and self.lines.close[j + 1]
        return len(before.words) + 12 < len(after.words) or (self.lines.apart and wraps)

    def _comment_row(self, joined: Joined) -> Row:
        end = len("Kommentar") + (1 if joined.text.startswith("Kommentar:") else 0)
        text = self.lines.text
        label, words = joined.cell(text, 0, end), joined.cell(text, end, len(joined.text))
        return Row((label, words, *[Cell()] * (len(self.table.names) - 2)), joined.spans())


def _both(cell: Cell, more: Cell) -> Cell:
    """Two parts of a cell as one."""
    return Cell(mended(f"{cell.text}\n{more.text}"), cell.spans + more.spans) if more.text else cell


def _cut_cell(cell: Cell, text: str, at: int) -> tuple[Cell, Cell]:
    """A cell divided at a place of its lines joined."""
    before: list[Span] = []
    after: list[Span] = []
    begin = 0
    for span in cell.spans:
        size = span.end - span.start
        cut = span.start + min(max(at - begin, 0), size)
        end = span.start + len(text[span.start : cut].rstrip())
        before += [Span(span.start, end)] if end > span.start else []
        after += [Span(cut, span.end)] if cut < span.end else []
        begin += size + 1
    parts = [Cell(mended("\n".join(text[s.start : s.end] for s in spans)), tuple(spans)) for spans in (before, after)]
    return parts[0], parts[1]


def _pattern(kinds: Sequence[Kind]) -> re.Pattern[str]:
    """Cells of these kinds, a space between each two; an empty cell leaves a space of its own."""
    return re.compile(
        " ".join(f"({FORMS[kind]}|)" if kind in FORMS else r"([^\W\d_].*?|)" for kind in kinds) + r"$", re.DOTALL
    )


def _even(found: re.Match[str], count: int) -> list[tuple[int, int]] | None:
    """Figures that spaces part, in themselves and from each other, as cells of equally many groups; None elsewhere."""
    groups = list(re.finditer(r"\d+", found.string[found.start() : found.end(count)]))
    size = len(groups) // count
    if size < 2 or len(groups) % count or not re.fullmatch(r"[\d ]+", found.string[found.start() : found.end(count)]):
        return None
    cells = [groups[n : n + size] for n in range(0, len(groups), size)]
    if any(len(group[0]) != 3 for cell in cells for group in cell[1:]):
        return None
    return [(found.start() + cell[0].start(), found.start() + cell[-1].end()) for cell in cells]


def _droppable(kinds: Sequence[Kind]) -> int:
    """How many of the first cells may be missing without a trace: figures before others, a start before an end."""
    same = [kind in VALUES for kind in kinds]
    figures = same.index(False) if False in same else len(same)
    if figures:
        return figures if figures < len(kinds) else figures - 1
    return 1 if list(kinds[:2]) == ["start", "end"] else 0
