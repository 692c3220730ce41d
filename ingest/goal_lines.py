"""A document's lines as a goal's tables are sought in them, and the headers of such tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import Block, Joined, blanks_are_cells
from ingest.columns import is_name, like_header, likeliest
from ingest.goal_columns import VALUES, Kind, TableKind, begins_header, header_in, kinds_of
from ingest.ladder import is_chapter
from ingest.number_cells import holds_numbers
from ingest.said import Said
from ingest.source import Grid, Line, Source
from ingest.values import folded, mended, years_in

_LISTS = re.compile(
    r"(?:(?:[A-ZÅÄÖ]\w+ )?(?:aktiviteter|åtgärder|insatser|uppdrag|åtaganden)|(?:det(?: här|ta) )?ska vi göra|"
    r"(?:det(?: här|ta) )?gör vi|vad vi ska göra|handlingsplan|tidsplan)(?: (?:under |för )?(?:20\d\d|året))?:?",
    re.IGNORECASE,
)
_YEARS = re.compile(r"20\d\d(?: 20\d\d)+")
_HEADER_LINES, _HEADER_LENGTH = 12, 160  # at most; lines and characters
BULLET = re.compile(r"[•·▪◦●○■\uf0b7\uf0a7\uf02d\u2023*–-]\s+\S")  # what an item of a list begins with


def is_list_title(words: str) -> bool:
    """True for words that stand above a list of activities ("Aktiviteter 2031", "Det här gör vi")."""
    return _LISTS.fullmatch(words) is not None


class Lines:
    """A document's lines, a block each, and the grids that a reader found, in reading order."""

    def __init__(self, source: Source) -> None:
        text = self.text = source.text
        self.said = Said(text)
        self.items: list[Block | Grid] = []
        self.close: list[bool] = []  # no blank line and no page break stands before the line
        self.far: list[bool] = []  # more than one blank line does
        self.opening: dict[int, bool] = {}  # what `opens` has told
        # Where pages leave their heads and feet, a line that begins with a space has an empty cell before it.
        marked = any(text[a.end : b.start].strip() for a, b in pairwise(source.lines()))
        traced = blanks_are_cells(source)
        last: Line | Grid | None = None
        for item in source.items:
            between = text[last.end : item.start] if isinstance(last, Line) else "\n\n"
            above = self.items[-1] if self.items else None
            if traced and isinstance(above, Block) and not between.strip():
                self.items[-1] = replace(above, blanks=between.count("\n") - 1)
            one = between.count("\n") == 1
            spaced = one and between[-1] == " " and not (marked and between[0] == "\n")
            broken = isinstance(last, Line) and bool(between.strip() or "\f" in between or spaced)
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

    def opens(self, i: int) -> bool:
        """True where a chapter or another table begins at place `i`: a title of the list of contents, a numbered
        heading, or a header of amounts."""
        if i not in self.opening:
            self.opening[i] = self._opens(self.at(i))
        return self.opening[i]

    def _opens(self, block: Block | None) -> bool:
        if block is None or holds_numbers(block):
            return False
        if block.lines[0].listed or is_chapter(block.words) or is_list_title(block.words):
            return True
        names = likeliest(((block.words,),), True) if like_header(block.words) else None
        return names is not None and 2 * sum(map(is_name, names[1:])) >= len(names)

    def at(self, i: int) -> Block | None:
        """The line at place `i`, None where there is a grid or nothing."""
        found = self.items[i] if i < len(self.items) else None
        return found if isinstance(found, Block) else None

    def joined(self, i: int, j: int) -> Joined:
        """The lines from place `i` to before place `j` as one string."""
        return Joined(self.text, [block for block in self.items[i:j] if isinstance(block, Block)])


@dataclass(frozen=True, slots=True)
class Table:
    """A table known by its header: what it is of, its columns' names and kinds, and the place after the header."""

    kind: TableKind
    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    start: int


def table_at(lines: Lines, i: int) -> Table | None:
    """The table whose header begins at place `i`, None where none does."""
    block = lines.at(i)
    if block is None or not begins_header(block.words):
        return None
    words, best = "", None
    for j in range(i, i + _HEADER_LINES):
        block = lines.at(j)
        if block is None or (j > i and block.broken) or len(words) + len(block.words) > _HEADER_LENGTH:
            break
        if best and (dated := _with_years(best, block.words)):
            return dated
        words = f"{words}\n{block.words}" if words else block.words
        names = header_in(mended(words))
        kind, kinds = kinds_of(names) if names else ("rows", [])
        if names and kind != "rows" and None not in kinds and not {"indicator", "activity"} & set(kinds[1:]):
            best = Table(kind, tuple(names), tuple(filter(None, kinds)), j + 1)
    return best


def _with_years(table: Table, line: str) -> Table | None:
    """The table with the years of the line below its header in the names of the columns of figures, None where it does
    not have one for each that names none."""
    years = line.split() if _YEARS.fullmatch(line) else []
    undated = [n for n, kind in enumerate(table.kinds) if kind in VALUES and not years_in(table.names[n])]
    if not years or len(years) != len(undated):
        return None
    of = dict(zip(undated, years, strict=True))
    names = tuple(f"{name} {of[n]}" if n in of else name for n, name in enumerate(table.names))
    return replace(table, names=names, start=table.start + 1)
