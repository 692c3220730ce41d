"""How the string of a row of a goal's table divides into its cells.

A row is known by the forms of its cells: from the right, since only the name, the text, and who answers for it have no
known form. Who that is begins a line or is told by its words, or is somebody who answers for something else too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.blocks import Block, Joined
from ingest.columns import dangling, leads_number
from ingest.goal_columns import ANY_VALUE, FORMS, FREE, SHORT, VALUE, VALUES, Kind
from ingest.goal_lines import Lines, Table
from ingest.number_cells import Extents, sole_reading
from ingest.responsible import is_role, who_begins
from ingest.source import Cell, Row, Span, cell_at
from ingest.values import PART, folded, mended
from ingest.when import NEVER

_COUNCILS_OWN = re.compile(r"Tas fram av|Fastställ", re.IGNORECASE)
_TIME = re.compile(r"(?:dagar|timmar|minuter|månader|veckor|år)$")
_VALUE = re.compile(VALUE)
_ENDS_IN_VALUE = re.compile(rf" (?:{ANY_VALUE})$")
_PARTED = re.compile(r"\d{1,3} \d{3}(?!\d)")  # two figures that may be one
_PARTED_IN_UNIT = re.compile(r"\d{1,3} \d{3} [a-zåäö]+")
_FIGURE = re.compile(rf"{VALUE}(?: |$)")
_SENTENCE = re.compile(r"[a-zåäö)]{2}[.!?] (?=[A-ZÅÄÖ])")
_SURELY = re.compile(rf"\d|[-–—]$|^(?:{NEVER})$", re.IGNORECASE)  # a time that is no word of a sentence
ROW = 5.0  # what a row is worth, and so what makes one as unlikely as none
MISSING = 2.0  # what a cell costs that is missing
_TURNED = 0.4  # what it costs that a space more is no empty cell's, as before a new page's first words
CODE = re.compile(r"(?:[A-ZÅÄÖ]{1,4}[ -]?)?\d{1,4}(?:[.:/-]\d{1,4})*\.?(?: \S|$)")  # what a table numbers its rows by
DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_A_YEAR = re.compile(r"(?:[a-zåäö]+ )?20\d\d")


@dataclass(frozen=True, slots=True)
class Cut:
    """Where in a row's string its name ends, and the cells after it stand; None for a cell whose value is in doubt."""

    name: int
    cells: Extents
    cost: float
    stops: float  # what of the cost is for how its name ends


@dataclass(frozen=True, slots=True)
class Found:
    """A row read, what its first cell has after the other cells, and the place after it."""

    row: Row
    rest: Cell
    after: int


class RowForm:
    """The form of a table's rows, by which they are divided into cells: the columns whose cells have no known form come
    first (`front`), after the name's, and then the others (`tail`)."""

    def __init__(self, lines: Lines, table: Table) -> None:
        self.lines, self.table = lines, table
        kinds = table.kinds[1:]
        typed = next(n for n, kind in enumerate(kinds) if kind in FORMS)
        self.front, self.tail = kinds[:typed], kinds[typed:]
        self.patterns = _patterns(self.tail)
        self.begins = re.compile("|".join({f"(?:{FORMS[kind]})(?: |$)" for kind in self.tail if kind in FORMS}))
        self.ends = re.compile("|".join({f"(?: |^)(?:{FORMS[kind]})$" for kind in self.tail if kind in FORMS}))
        first = [block.words for block in lines.items[table.start : table.start + 4] if isinstance(block, Block)]
        self.days = table.kind == "activities" and any(map(DAY.search, first))  # its times are days
        numbered = re.match(r"nr\b", table.names[0], re.IGNORECASE) is not None
        # What numbers its rows, where they begin so: as many figures, set apart in the same way.
        code = next(filter(None, map(CODE.match, first[:1])), None) if numbered else None
        self.codes = re.compile(re.sub(r"\d+", r"\\d+", re.escape(code[0][:-1].strip())) + r"(?: |$)") if code else None

    def cut(self, joined: Joined, beside: bool = False) -> Cut | None:
        """The likeliest way in which a row's string divides into cells, None where it is no row, or not yet a whole
        one. A name that wraps `beside` its row's cells may stop short."""
        body = joined.text.rstrip()
        # What stands below may be the row's empty cells, or part tables.
        traced = joined.text[len(body) + 1 :] if self.lines.apart and self.tail[-1] in FORMS else ""
        traced = traced or " " * joined.blocks[-1].blanks
        cuts = [self._cut_body(joined, own, beside) for own in dict.fromkeys((body, body + traced))]
        return min(filter(None, cuts), key=lambda cut: cut.cost, default=None)

    def _cut_body(self, joined: Joined, body: str, beside: bool) -> Cut | None:
        """The likeliest way in which a row's string, as much of it as `body` has, divides into cells."""
        starts = [found.end() for found in re.finditer(r"(?<=\S) (?=\S)|(?<=\S) (?= )|(?<=\S ) (?=\S)", body)]
        starts = [start for start in starts if re.search(r"[^\W\d_]", body[:start])]  # a number is no name
        best: Cut | None = None
        for pattern in self.patterns:
            if best and best.cost <= pattern.cost:
                break
            for start in starts:
                found = pattern.words.match(body, start)
                if found and (cells := self._cells(found, pattern)) is not None:
                    dated = DAY.match(body, start) is not None
                    stops = odd_end(folded(body[:start]), dated=dated) * (0.25 if beside else 1.0)
                    cost = pattern.cost + stops + self._odd(joined, start, cells)
                    cost += _TURNED * (body[start - 2 : start] == "  ")
                    if best is None or cost < best.cost:
                        best = Cut(start, self._sure(cells, body, pattern), cost, stops)
        return best

    def _cells(self, found: re.Match[str], pattern: _Pattern) -> Extents | None:
        """The cells that a pattern found, None where its words say that they are others."""
        texts = dict(zip(pattern.columns, found.groups(), strict=True))
        typed = [text for n, text in texts.items() if self.tail[n] in FORMS and text]
        last = pattern.columns[-1]
        traced = found.string.endswith(" ")
        figures_alone = all(text[0].isdigit() or text[0] in "-−–" for text in typed)
        if not (typed and (texts[last] or self.tail[last] not in FORMS)) and not (traced and figures_alone):
            return None
        if self.days and all(map(_A_YEAR.fullmatch, typed)):
            return None  # "… från 2021" and "Enkäten 2021" among days: no time of the row's
        figures = [text for n, text in texts.items() if self.tail[n] in VALUES and text]
        if figures and re.fullmatch(SHORT, figures[0]):
            return None  # a name's last word: a value's short form stands beside figures before it
        years = [int(year) for text in typed for year in re.findall(r"\b20\d\d\b", text)]
        if "end" in self.tail and years != sorted(years):
            return None  # nothing ends before it begins: the years of another header
        if self.tail[last] == "period" and not figures and texts[last][:1].islower():
            return None  # "… kvar efter ett år": no period
        if len(figures) == 1 < len(self.tail) and re.fullmatch(r"20\d\d", figures[0]) and pattern.cost:
            return None  # the year of a heading
        if any(_FIGURE.match(text) for n, text in texts.items() if self.tail[n] in FREE):
            return None
        spans: list[tuple[int, int] | None] = [None] * len(self.tail)
        for n, column in enumerate(pattern.columns, 1):
            spans[column] = found.span(n) if found[n] else (0, 0)
        values = [n for n in pattern.columns if self.tail[n] in VALUES]
        if len(figures) == len(values) > 1 and values[-1] - values[0] == len(values) - 1:
            spans[values[0] : values[-1] + 1] = _parted(found, figures) or spans[values[0] : values[-1] + 1]
        return tuple(spans)

    def _sure(self, cells: Extents, body: str, pattern: _Pattern) -> Extents:
        """The cells without the figures of which no trace tells which column is empty: reported rather than guessed."""
        first = pattern.columns[0]
        if not first or self.tail[first] not in VALUES or _COUNCILS_OWN.match(body[slice(*(cells[first] or (0, 0)))]):
            return cells
        return tuple(None if kind in VALUES else cell for kind, cell in zip(self.tail, cells, strict=True))

    def _odd(self, joined: Joined, start: int, cells: Sequence[tuple[int, int] | None]) -> float:
        """How unlikely a row's string divides so: its name up to `start`, and the cells after it."""
        name = joined.cell(self.lines.text, 0, start)
        lines = [self.lines.text[span.start : span.end] for span in name.spans]
        small = name.text[:1].islower() and not PART.match(name.text)
        cost = 4.0 * (small or name.text[:1] in "(,") + (name.text[:1].isdigit() and not self.codes)
        cost += 3.0 * sum(self._ended(a) and b[:1].isupper() for a, b in pairwise(lines))
        sentences = len(_SENTENCE.findall(name.text))
        cost += 1.5 * sentences if self.table.kind == "indicators" else 0.5 * sentences + 1.0 * max(0, sentences - 2)
        figures: list[tuple[int, int]] = []
        for cell, kind in zip(cells, self.tail, strict=True):
            text = joined.text[slice(*cell)] if cell else ""
            if cell and text and kind in VALUES:
                figures.append(cell)
                cost += 1.0 * (not _VALUE.fullmatch(text)) + 0.7 * odd_end(text, whole=True)
            elif text and kind in FREE:
                office = is_role(text) and text.count(" ") < 3
                cost += ROW * (text[0].islower() and not office) + 0.5 * max(0, text.count(" ") - 4)
                first, *more = joined.cell(self.lines.text, *cell).spans if cell else ()
                head = self.lines.text[first.start : first.end]
                cost += 1.0 * (bool(more) and self._is_whole(head, text[len(head) :].strip()))
        texts = [joined.text[slice(*cell)] for cell in figures]
        for (_, end), (begin, _), a, b in zip(figures, figures[1:], texts, texts[1:], strict=False):
            one_line = "\n" not in self.lines.text[joined.at[end - 1] : joined.at[begin]]
            cost += (0.5 if None not in cells else 2.0) * (one_line and _PARTED.fullmatch(f"{a} {b}") is not None)
            cost += 2.5 * (one_line and _PARTED_IN_UNIT.fullmatch(f"{a} {b}") is not None)  # columns share a unit
        if len(texts) > 1 and _TIME.search(texts[0]) and not any(map(_TIME.search, texts[1:])):
            cost += 1.5  # "… efter 5 år 60 %": the years may belong to the name
        words = [joined.text[slice(*cell)] for cell in cells if cell]
        return cost + self._in_doubt(joined, start, words)

    def _ended(self, line: str) -> bool:
        """True where a line ends in a cell's figures."""
        found = self.ends.search(line)
        return found is not None and re.search(r"\d", found[0]) is not None

    def _in_doubt(self, joined: Joined, start: int, cells: Sequence[str]) -> float:
        """How unlikely it is that nobody is named who should be, and that a row's only time is a bare word ("höst"),
        which may as well be the text's."""
        named = not self.front or self._who(joined.cell(self.lines.text, 0, start), (), False) is not None
        sure = self.table.kind != "activities" or any(text and _SURELY.search(text) for text in cells)
        return 0.0 if named and (sure or self.front) else 2.0 if named or sure else ROW

    def _is_whole(self, cell: str, rest: str) -> bool:
        """True where the document has a cell's words elsewhere, but not with the rest after them."""
        return self.lines.said.counted(cell) > 1 and self.lines.said.counted(f"{cell} {rest}") < 2

    def who(self, found: Found, known: Collection[str], sure: bool, goes_on: bool = False) -> tuple[Cell, Cell]:
        """A row's first cell, and who answers for it where that column comes next and nobody stands there yet; what is
        under the row, or `goes_on` where something may be, is the rest of either."""
        name, *cells = found.row.cells
        if not self.front or cells[0].text:
            return name, Cell()
        at = self._who(name, known, sure, goes_on or bool(found.rest.text))
        return cut_cell(name, self.lines.text, at) if at else (name, Cell())

    def _who(self, cell: Cell, known: Collection[str], sure: bool, goes_on: bool = False) -> int | None:
        """Where in the cell's lines who answers for it begins, None where it names nobody."""
        parts = [self.lines.text[span.start : span.end] for span in cell.spans]
        apart = [self.lines.text.count("\n", a.end, b.start) > 1 for a, b in pairwise(cell.spans)]
        return who_begins("\n".join(parts), apart, known, self.lines.said.counted, sure, goes_on)


def odd_end(words: str, whole: bool = False, dated: bool = False) -> float:
    """How unlikely a cell ends with these words; what is not itself `whole` a value seldom ends in one, and before a
    day, where it is `dated`, no word leads into a number."""
    if leads_number(words) and not dated:
        return 4.0
    if dangling(words):
        return 2.0
    value = None if whole else _ENDS_IN_VALUE.search(words)
    if not value or leads_number(words[: value.start()]) or dangling(words[: value.start()]):
        return 0.0
    return 2.0 if _VALUE.fullmatch(value[0].strip()) else 1.0


def both(cell: Cell, more: Cell) -> Cell:
    """Two parts of a cell as one."""
    return Cell(mended(f"{cell.text}\n{more.text}"), cell.spans + more.spans) if more.text else cell


def cut_cell(cell: Cell, text: str, at: int) -> tuple[Cell, Cell]:
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
    return cell_at(text, before), cell_at(text, after)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What the cells after a row's name look like where only some of the columns, by place, are filled."""

    columns: tuple[int, ...]
    words: re.Pattern[str]
    cost: float


def _patterns(kinds: Sequence[Kind]) -> list[_Pattern]:
    """The forms of a row whose columns after the name are of these kinds, the likeliest first.

    The first figures may be missing without a trace, or the start before an end, and so may a last cell that is known
    from the others by its form. Where an empty cell leaves a trace that is a space of its own, and one more where the
    cell before it wraps.
    """
    first = next((n for n, kind in enumerate(kinds) if kind not in VALUES), len(kinds))
    first = min(first, len(kinds) - 1) or int(list(kinds[:2]) == ["start", "end"])
    found = []
    for ends in (len(kinds), len(kinds) - 1) if kinds[-1] not in (*VALUES, "end") else (len(kinds),):
        for begin in range(first + 1):
            if any(kind in FORMS for kind in kinds[begin:ends]):
                cells = [f"({FORMS[kind]}|)" if kind in FORMS else r"([^\W\d_].*?|)" for kind in kinds[begin:ends]]
                gaps = [" {1,2}?" if kind in VALUES else " " for kind in kinds[begin:ends]]
                row = "".join(cell + gap for cell, gap in zip(cells, [*gaps[:-1], "$"], strict=True))
                cost = MISSING * begin + (MISSING + 1.0) * (ends < len(kinds))
                found.append(_Pattern(tuple(range(begin, ends)), re.compile(row, re.DOTALL), cost))
    return sorted(found, key=lambda pattern: pattern.cost)


def _parted(found: re.Match[str], figures: Sequence[str]) -> list[tuple[int, int] | None]:
    """Figures that spaces part, in themselves and from each other, as cells of numbers about as large as each other;
    None for each where more than one way to part them will do, and nothing for other figures."""
    words = " ".join(figures)
    start = found.string.find(words, found.start())
    if start < 0 or not re.fullmatch(r"[\d ]+", words):
        return []
    cells = sole_reading(words, [""] * (1 + len(figures)))
    return [cell and (cell[0] + start, cell[1] + start) for cell in cells or [None] * len(figures)]
