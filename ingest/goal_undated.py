"""Activities without dates, in a table whose other rows have them: nothing but how their lines begin tells them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.columns import dangling
from ingest.goal_cells import Found, RowForm
from ingest.ladder import is_rung
from ingest.source import Cell, Row, Span, cell_at

# How the texts of activities begin: with a verb ("Ta fram …"), or with who is to do it.
_BEGINNINGS = (
    re.compile(
        r"(?!(?:Norra|Södra|Östra|Västra|Nya|Gamla|Stora|Lilla|Alla|Flera|Andra) )"
        r"(?:[A-ZÅÄÖ][a-zåäö]*a|Se|Ge|Gå|Få|Bli|Ske|Stå|Förse) \S"
    ),
    re.compile(r"[A-ZÅÄÖ]\S*(?: och \S+)? (?:ska|skall|bör|får i uppdrag) \S"),
)
_LONGEST = 200  # characters of an activity without dates


def parted(form: RowForm, found: Found, width: int) -> list[Found]:
    """A row of activities as the rows it is: a line of its text that ends where the next word would have fitted,
    within the `width` of the column, before one that begins as a row does, is a row without dates."""
    name, *cells = found.row.cells
    if form.table.kind != "activities" or form.front or found.rest.text:
        return [found]
    text, rows = form.lines.text, list[Found]()
    first = 0
    for n, (a, b) in enumerate(pairwise(name.spans), 1):
        above, below = text[a.start : a.end], text[b.start : b.end]
        first_word = below.split()[0]
        small = first_word.lower() in form.lines.said.small or len(first_word) < 3  # no name
        meant = small or len(above) + 1 + len(first_word) <= width
        if meant and not dangling(above) and not above.endswith((".", ":")) and _alike(name.text, below):
            rows.append(_alone(form, name.spans[first:n], found.after))
            first = n
    if first:
        rest = name.spans[first:]
        name = cell_at(text, rest)
        begin = rest[0].start
        spans = tuple(Span(max(s.start, begin), s.end) for s in found.row.spans if s.end > begin)
        found = replace(found, row=Row((name, *cells), spans))
    return [*rows, found]


def undated(form: RowForm, rows: Sequence[Found], at: int) -> list[Found]:
    """The rows without dates that end a table of activities: lines close below it up to a goal, a chapter or the
    end, each of which begins as the row before."""
    found: list[Found] = []
    if form.table.kind != "activities" or form.front:
        return found
    above = rows[-1].row.cells[0].text
    while (block := form.lines.at(at)) is not None and form.lines.close[at] and _alike(above, block.words):
        end = at + 1
        while (more := form.lines.at(end)) is not None and form.lines.close[end] and more.words[:1].islower():
            end += 1
        joined = form.lines.joined(at, end)
        if len(joined.text) > _LONGEST or joined.text.rstrip().endswith((".", ":")):
            return []
        found.append(_alone(form, joined.cell(form.lines.text, 0, len(joined.text)).spans, end))
        at, above = end, block.words
    after = form.lines.at(at)
    return found if after is None or is_rung(after.words) or form.lines.opens(at) else []


def _alone(form: RowForm, spans: tuple[Span, ...], after: int) -> Found:
    """A row that has a name and no other cell."""
    whole = (Span(spans[0].start, spans[-1].end),)
    others = [Cell()] * (len(form.table.names) - 1)
    return Found(Row((cell_at(form.lines.text, spans), *others), whole), Cell(), after)


def _alike(row: str, words: str) -> bool:
    """True where words begin as a row does: with what is to be done, or who is to do it."""
    return any(each.match(row) and each.match(words) for each in _BEGINNINGS)
