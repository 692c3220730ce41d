"""Lists of activities that are no tables: items under "Aktiviteter" that each end in their time."""

from __future__ import annotations

import re

from ingest.goal_lines import BULLET, Lines
from ingest.source import Cell, Grid, Row
from ingest.when import WHEN

_NUMBERED = re.compile(r"\d{1,2}[.)]\s+\S")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\.?$")
_TIME_AT_END = re.compile(rf"(?: [–—-]|[,;:.]? \(?|,) ?({WHEN})\)?\.?$", re.IGNORECASE)
_WHO_AT_END = re.compile(r"[,(;.] ?(?:(?i:ansvarigt?):? (?=\w)|(?=[A-ZÅÄÖ]))([^,;.()]{3,50})[,;:]?$")
_WHO_IN_BRACKETS = re.compile(r"(?:^|[,;] ?)ansvarigt?:? ([^,;()]{3,50})", re.IGNORECASE)
_TIME_IN_BRACKETS = re.compile(rf"(?:^|[,;] ?)(start(?:ar)?:? )?({WHEN})(?=$|[,;])", re.IGNORECASE)


def activity_list(lines: Lines, start: int) -> tuple[Grid, int] | None:
    """The items of a list under "Aktiviteter", each with its time at the end, and the place after them.

    Two items, and half of them, must name a time; who answers for one stands before it, after a comma.
    """
    rows: list[Row] = []
    dated = 0
    at = start
    item = next((each for each in (BULLET, _NUMBERED) if (first := lines.at(start)) and each.match(first.words)), None)
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
