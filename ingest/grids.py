"""Grids tidied, whoever found them: footnotes set below, captions above, words that a narrow cell broke made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ingest.source import Cell, Grid, Line, Row, Source
from ingest.values import folded

FOOTNOTE = re.compile(r"^\*{1,3}\s?\S|^\d\)\s|^(?:Not|Anm|Fotnot|Källa)(?: ?\d)?[.:]\s")
_WORD = re.compile(r"[^\W\d_]+")
_PAIR = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?= ([^\W\d_]+))")
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)(?=\s*\n\s*([^\W\d_]+))")
# Words by themselves wherever they stand: "Åtgärda / de" is not "åtgärdade".
_SMALL = {"att", "av", "de", "den", "det", "en", "ett", "för", "i", "in", "med", "och", "om", "på", "som", "till", "ut"}
# Words that plans set in narrow columns, for documents too short to hold them whole somewhere else.
_SET_NARROW = ("nämnd", "styrelse", "tertialrapport", "verksamhetsberättelse", "verksamhetsplan", "budget", "beslut")


def tidied(source: Source) -> Source:
    """The source with each grid's footnotes as lines after it, its caption in it, and its cells' words whole."""
    words = _vocabulary(source)
    size = _body_size(source)
    items: list[Line | Grid] = []
    for item in source.items:
        if not isinstance(item, Grid):
            items.append(item)
            continue
        grid = item
        above = items[-1] if items else None
        if not grid.caption and isinstance(above, Line) and _is_caption(above, size):
            grid = replace(grid, caption=folded(source.text[above.start : above.end]))
            items.pop()
        notes = [row for row in grid.rows[grid.header :] if _is_footnote(row)]
        rows = tuple(_whole(row, source.text, words) for row in grid.rows if row not in notes)
        items.append(replace(grid, rows=rows))
        items += [Line(span.start, span.end) for row in notes for span in row.spans]
    return replace(source, items=tuple(items))


def _is_footnote(row: Row) -> bool:
    """True where a row is a note over the whole width: a mark and words in its first cell, nothing in the others."""
    filled = [cell for cell in row.cells if cell.text]
    return len(filled) == 1 and FOOTNOTE.match(filled[0].text) is not None


def _body_size(source: Source) -> float | None:
    sizes: Counter[float] = Counter()
    for line in source.lines():
        if line.size:
            sizes[line.size] += line.end - line.start
    return sizes.most_common(1)[0][0] if sizes else None


def _is_caption(line: Line, body: float | None) -> bool:
    """True where a line right above a table is set as its caption: strong, but smaller than the text."""
    return bool(body and line.size and line.level is None and line.bold and line.size < body - 0.4)


def _vocabulary(source: Source) -> Counter[str]:
    """How often the document has each word, and each two neighbours in a cell ("a b")."""
    count = Counter(word.lower() for part in _texts(source) for word in _WORD.findall(part))
    for grid in source.items:
        if isinstance(grid, Grid):
            cells = (cell.text.lower() for row in grid.rows for cell in row.cells)
            count.update(f"{found[0]} {found[1]}" for text in cells for found in _PAIR.finditer(text))
    return count


def _texts(source: Source) -> Iterator[str]:
    for item in source.items:
        if isinstance(item, Line):
            yield source.text[item.start : item.end]
        else:
            yield from (cell.text for row in item.rows for cell in row.cells)


def _whole(row: Row, text: str, words: Counter[str]) -> Row:
    cells = tuple(_mended(cell, text, words) if " " in cell.text else cell for cell in row.cells)
    return row if all(a is b for a, b in zip(cells, row.cells, strict=True)) else replace(row, cells=cells)


def _mended(cell: Cell, text: str, words: Counter[str]) -> Cell:
    """A cell with words made whole that its edge broke without a hyphen ("tertialrappo / rt 1").

    The end of a line and the start of the next are one word where the document has the two joined, and one of them
    nowhere but here. Words on one line are never joined.
    """
    told = cell.text
    lines = "\n".join(text[span.start : span.end] for span in cell.spans)
    for first, second in _BROKEN.findall(lines):
        whole = (first + second).lower()
        apart = [each.lower() for each in (first, second)]
        known = words[whole] or whole in _SET_NARROW
        torn = words[" ".join(apart)]
        if known and second[0].islower() and not _SMALL & {*apart} and min(words[each] for each in apart) <= torn:
            told = re.sub(rf"\b{first} {second}\b", first + second, told)
    return cell if told == cell.text else replace(cell, text=told)
