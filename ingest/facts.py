"""Grids to typed facts: indicators, activities, budget rows, and every other table as rows with named columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest.goal_columns import Kind, kinds_of
from ingest.ladder import is_rubric
from ingest.outline import Outline
from ingest.plan import Activity, Indicator, Origin, Outcome, Plan, RowKind, TableCell, TableRow, Unplaced
from ingest.responsible import responsible_in
from ingest.source import Cell, Grid, Row, Source, Span
from ingest.values import NUMBER, PART, folded, number_in, unit_in, whole_name, years_in
from ingest.when import WHEN, is_range, stretch

_MONEY = re.compile(
    r"\b(?:mnkr|mkr|tkr|msek|kostnader|intäkter|netto|budget|bokslut|omslutningsförändring|anslag)\b", re.I
)
_PLAN_COLUMN = re.compile(
    r"\b(?:VP|VB|Budget|Bokslut|Netto|Kostnader|Intäkter|Utgift(?:er)?|Omslutningsförändring)\b", re.I
)
_BEGINS = re.compile(r"(?:start(?:ar)?|påbörjas|från(?: och med)?|fr\.?o\.?m\.?)\b", re.IGNORECASE)
_YEAR = re.compile(r"20\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS: tuple[Kind, Kind] = ("start", "end")
_BODY = re.compile(r"[A-ZÅÄÖ]{2,4}")  # the short name of who gave an assignment ("KF")
_NUMBER = re.compile(r"^\d{1,2}\.? (?=[A-ZÅÄÖ])")
_UNIT_BELOW = re.compile(r"(?<![,\s])\s*\n\s*\(?(?:mnkr|tkr|mkr|msek|kr)\)?$", re.IGNORECASE)
_NAMED_WHOLE = re.compile(r"[A-ZÅÄÖ][^,:]+, [a-zåäö]")
# What prices are for, where it heads their labels: "Bad och gym, kronor", but not "Avgift, kr".
_PRICED = re.compile(r"([A-ZÅÄÖ][^,]*), (?:kr|kronor)(?: per \w+)?")
_ANY_PRICE = re.compile(
    r"(?:Pris|Avgift|Tax|Belopp|Ersättning|Hyr|Kostnad|Tjänst|Verksamhet|Enhet|Insats|Post|Typ|Objekt)\w*"
)
_OF_ROW = re.compile(r"[,(] ?(?:mnkr|tkr|kr|kronor|procent|%)(?: per [^,()]+)?\)?$", re.IGNORECASE)
_CAPTION = re.compile(r"Tabell \d+\b.{,110}(?<![.!?])$")
_OF_TABLE = re.compile(
    r"(?:[,(]|\bi) ?(?:mnkr|tkr|mkr|msek|kr|kronor|st|%|procent)(?: per \w+)?\)?(?:, [a-zåäö ]{3,30})?\.?$",
    re.IGNORECASE,
)
# A line that only names a table and its unit: "Nettokostnad per verksamhet, tkr.", "Hallar, kronor per timme".
_NAMES_TABLE = re.compile(
    r"(?!.*\b(?:är|avser|anges|redovisas|visar|uppgår)\b)(?P<what>[A-ZÅÄÖ][^.:;]{3,80}?)[,(]? ?[,(] ?"
    r"(?:mnkr|tkr|mkr|msek|kr|kronor)(?: per \w+)?\)?(?P<whose>, [a-zåäö ]{3,30})?\.?",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:belopp(?:en)?|siffror(?:na)?)\b[^.]{0,30}? i (?:mnkr|tkr|mkr|kr|(?:tusen|miljoner) kronor|kronor)\b", re.I
)
_TOTAL = re.compile(r"^(?:summa|totalt?|drift totalt|investeringar totalt|netto totalt)\b", re.IGNORECASE)


@dataclass(slots=True)
class Facts:
    """The facts of a document in reading order, the labels that only name the rows under them, what was not placed."""

    indicators: list[Indicator] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)
    groups: list[Span] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)


def facts_of(source: Source, outline: Outline, year: int | None, of_unit: bool = False) -> Facts:
    """Every grid read as what its header says it is; `year` is the plan's, for columns that name none; `of_unit` tells
    that the plan is a unit's or a department's, and not the board's."""
    found = Facts()
    split = [(_split(grid), section) for grid, section in outline.grids]
    tables = [kinds_of([folded(cell.text) for cell in header], of_unit) for (header, _), _ in split]
    goals = _goals(outline, [kind for kind, _ in tables])
    planned = [
        (columns, body) for (kind, columns), ((_, body), _) in zip(tables, split, strict=True) if kind == "activities"
    ]
    lone = [at for columns, body in planned for row in body if (at := _before_lone_day(columns, row)) is not None]
    spaced = source.text if any(_after_gap(source.text, at) for at in lone) else None
    for n, ((header, body), section) in enumerate(split):
        kind, columns = tables[n]
        if kind == "indicators":
            _indicators(source, header, columns, body, goals[n], year, found)
        elif kind == "activities":
            _activities(spaced, header, columns, body, goals[n], year, found)
        else:
            above = outline.before[n]
            title = _table_title(outline.grids[n][0], outline, section, above)
            unit = _unit_of(title) or _unit_of(above)
            rows = _table(source, title, unit, header, body, section, year, found)
            own = _own_title(folded(header[0].text)) if header and not outline.grids[n][0].caption else ""
            found.rows += [replace(row, table=own) for row in rows] if own else rows
    return found


def _goals(outline: Outline, kinds: Sequence[str]) -> list[int | None]:
    """For each grid the section its facts belong to.

    A goal's text may have headings of its own, and the goal's table of indicators or activities stands below the last
    of them: where it is the only one of its kind there, it belongs to the goal. A rubric such as "Förväntat resultat"
    is part of the goal's form, and so keeps its table.
    """
    above = [_goal(outline, section) for _, section in outline.grids]
    tables = Counter(zip(kinds, above, strict=True))
    return [
        goal if goal is not None and tables[kind, goal] == 1 else section
        for kind, goal, (_, section) in zip(kinds, above, outline.grids, strict=True)
    ]


def _goal(outline: Outline, section: int | None) -> int | None:
    """The goal or rubric that a section is or stands under, None outside goals."""
    while section is not None and not outline.sections[section].label:
        if is_rubric(outline.sections[section].title):
            return section
        section = outline.sections[section].parent
    return section


def _split(grid: Grid) -> tuple[Sequence[Cell], Sequence[Row]]:
    """The header as one row of cells (several header rows joined by column), and the rows under it."""
    count = grid.header
    if not count and len(grid.rows) > 1:
        first = grid.rows[0]
        with_numbers = sum(bool(re.fullmatch(rf"(?:{NUMBER})\s*%?", c.text)) for c in first.cells[1:])
        count = 1 if first.cells and not with_numbers and any(c.text for c in first.cells[1:]) else 0
    rows = grid.rows[:count]
    if not rows:
        return (), grid.rows
    width = max(len(row.cells) for row in grid.rows)
    joined = []
    for column in range(width):
        parts = [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column].text]
        joined.append(Cell(" ".join(part.text for part in parts), tuple(span for part in parts for span in part.spans)))
    return joined, grid.rows[count:]


def _table_title(grid: Grid, outline: Outline, section: int | None, above: str) -> str:
    """What a table is called: its caption, else the heading it stands under."""
    if grid.caption:
        return grid.caption
    if _CAPTION.match(above):
        return above
    heading = outline.sections[section].heading if section is not None else ""
    named = _NAMES_TABLE.fullmatch(above) if outline.before.count(above) == 1 and not heading.endswith(above) else None
    if named:
        return f"{named['what']}{named['whose'] or ''}"
    if section is not None:
        return outline.sections[section].title
    return above if len(above) < 100 else ""


def _own_title(label: str) -> str:
    """What a table lists, where its first column says more than that it has areas or units ("Pris för köpt plats")."""
    words = re.sub(r" ?[,(]? ?(?:mnkr|tkr|mkr|msek|kr|antal|st)\)?$|[,(] ?20\d\d\)?$", "", label, flags=re.IGNORECASE)
    if (priced := _PRICED.fullmatch(label)) and not _ANY_PRICE.fullmatch(priced[1]):
        return label
    says = re.match(r"(?!(?:Antal|Mnkr|Tkr|Mkr|Kr)\b)[A-ZÅÄÖ]\w+ (?!(?:och|eller)\b)[a-zåäö]{3,}", words)
    return words if says else ""


def _unit_of(words: str) -> str | None:
    """The unit that a line above a table ends in ("Driftbudget, tkr"), or that a sentence says its amounts are in
    ("Belopp i tkr, netto."), None where there is none."""
    found = _SAID.search(words) or (_OF_TABLE.search(words) if len(words) < 120 else None)
    return unit_in(found[0]) if found else None


# Indicators


def _indicators(
    source: Source,
    header: Sequence[Cell],
    columns: Sequence[Kind | None],
    body: Sequence[Row],
    section: int | None,
    year: int | None,
    found: Facts,
) -> None:
    at = {kind: columns.index(kind) for kind in columns}
    aims: tuple[Kind, ...] = ("target", "council")
    for aim in aims:  # of those for several years the plan's own, and none that is for a part of the year
        years = [n for n, kind in enumerate(columns) if kind == aim and not _of_part(header[n].text, year)]
        at.pop(aim, None)
        at.update({aim: next((n for n in years if year in years_in(header[n].text)), years[0])} if years else {})
    measured = [n for n, kind in enumerate(columns) if kind == "outcome" or (kind in aims and n != at.get(kind))]
    first = at["indicator"]
    awaited: Row | None = None  # the label of a comment whose words are to come
    whole = ""  # the row that those after it may be parts of
    for row in body:
        texts = [cell.text for cell in row.cells]
        name = texts[first] if first < len(texts) else ""
        name = name or next(filter(None, texts[:first]), "")  # what the goal before it says holds for more rows
        others = [t for t in texts[first + 1 :] if t]
        remark = re.match(r"^Kommentar(?:er)?\s*:?\s*(.*)$", name, re.DOTALL)
        if awaited and not others:  # the words stand in a row of their own under the label's
            remark, awaited = re.match(r"(?s)(.*)", name), None
        elif remark and not remark[1] and not others:
            awaited = row
            continue
        elif awaited:
            found.unplaced += [Unplaced(span, "the label of a comment without words") for span in awaited.spans]
            awaited = None
        if remark and found.indicators and (not others or len(others) == 1):
            last = found.indicators[-1]
            words = " ".join(filter(None, (remark[1], *others)))
            spans = last.origin.spans + row.spans
            found.indicators[-1] = replace(last, comment=words or None, origin=Origin(section, _joined(spans)))
            continue
        if not name:
            found.unplaced += [Unplaced(span, "a row of an indicator table without a name") for span in row.spans]
            continue
        if PART.match(name) and whole:
            name = f"{whole}, {name}"
        else:
            whole = name
        own, councils, often, words_ = (
            _filled(texts[at[kind]]) if kind in at and at[kind] < len(texts) else None
            for kind in ("target", "council", "period", "comment")
        )
        said = [
            f"{folded(header[n].text).rstrip('?')}: {texts[n]}"
            for n, kind in enumerate(columns)
            if kind in ("source", "who", "status") and n < len(texts) and _says(texts[n])
        ]
        words_ = ". ".join(filter(None, (words_, *said))) or None
        councils = re.sub(r"styrel ?se", "styrelse", councils) if councils else None
        outcomes = tuple(
            Outcome(whole_name(header[n].text), texts[n]) for n in measured if n < len(texts) and _filled(texts[n])
        )
        found.indicators.append(Indicator(name, own, councils, often, words_, Origin(section, row.spans), outcomes))
        if own is None and councils is None and not outcomes and _digits_left(source.text, row):
            found.unplaced += [
                Unplaced(span, "one value for two columns: which cell is empty can't be told") for span in row.spans
            ]


def _of_part(name: str, year: int | None) -> bool:
    """True where a column of targets is for a part of a year, or until a day in it: "Mål till 30 juni 2031"."""
    days = stretch(name, year)
    return days is not None and (days[1].month, days[1].day) != (12, 31)


def _filled(text: str) -> str | None:
    """A cell's words, None where it is empty or a dash says that it is."""
    return None if re.fullmatch(r"[–—−]?", text) else text


def _digits_left(text: str, row: Row) -> bool:
    """True where the row's words hold digits beyond its cells: a value that was placed nowhere."""
    left = sum(c.isdigit() for span in row.spans for c in text[span.start : span.end])
    return left > sum(c.isdigit() for cell in row.cells for span in cell.spans for c in text[span.start : span.end])


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans that stand close together as one."""
    parts: list[Span] = []
    for span in sorted(spans):
        if parts and span.start - parts[-1].end < 60:
            parts[-1] = Span(parts[-1].start, span.end)
        else:
            parts.append(span)
    return tuple(parts)


# Activities


def _activities(
    spaced: str | None,
    header: Sequence[Cell],
    columns: Sequence[Kind | None],
    body: Sequence[Row],
    section: int | None,
    year: int | None,
    found: Facts,
) -> None:
    """Activities; what columns of no known kind say, of the goal before and of the rest after, is told with them.

    `spaced` is the document's text where it leaves a space more for an empty start, which tells a row's only day.
    """
    at = {kind: columns.index(kind) for kind in columns if kind}
    subject = at["activity"]
    calendar = at.get("end", subject) < subject  # what is to be done stands under its time
    others = [
        n for n, kind in enumerate(columns) if kind in (None, "period", "source") or (kind == "target" and n < subject)
    ]
    for row in body:
        texts = {kind: row.cells[n].text for kind, n in at.items() if n < len(row.cells)}
        text = texts.get("activity", "")
        told = [(n, row.cells[n].text) for n in others if n < len(row.cells)]
        said = [(n, words) for n, words in told if _says(words) or (columns[n] == "source" and _BODY.fullmatch(words))]
        if text:
            if not calendar and _tells_more(texts.get("end", "")):
                said.append((at["end"], texts["end"]))
            text = _NUMBER.sub("", text) if folded(header[subject].text).lower().startswith("nr") else text
            goals = "".join(f"{words}: " for n, words in said if n < subject)
            rest = "".join(
                f". {folded(header[n].text).rstrip('?')}: {words.rstrip('.')}" for n, words in said if n > subject
            )
            text = f"{goals}{text.rstrip('.') if rest else text}{rest}"
        if not text:
            found.unplaced += [Unplaced(span, "a row of an activity table without a text") for span in row.spans]
            continue
        starts = stretch(texts.get("start", ""), year)
        ends = stretch(texts.get("end", ""), year)
        if ends and not starts and "start" not in at:  # one column for both
            if ends[0] != ends[1] and (calendar or is_range(texts["end"])):
                starts = ends
            elif _BEGINS.match(texts["end"]):
                starts, ends = ends, None
        elif ends and (at_day := _before_lone_day(columns, row)) is not None:
            # Where no space tells which day is given: more begins on the first of a month than ends on it.
            begins = not _after_gap(spaced, at_day) if spaced else ends[0].day == 1
            starts, ends = (ends, None) if begins else (starts, ends)
        who = _filled(texts.get("who", ""))
        found.activities.append(
            Activity(text, (who,) if who else responsible_in(text), starts and starts[0], ends and ends[1],
                     Origin(section, row.spans))
        )  # fmt: skip


def _before_lone_day(columns: Sequence[Kind | None], row: Row) -> int | None:
    """Where the only day of a row stands that has columns for its start and end, None where there is no such day."""
    if "start" not in columns or "end" not in columns:
        return None
    start, end = (row.cells[n] if (n := columns.index(kind)) < len(row.cells) else Cell() for kind in _DAYS)
    return end.spans[0].start if not start.text and end.spans and _DAY.fullmatch(end.text) else None


def _after_gap(text: str, at: int) -> bool:
    """True where a space more stands before a place than parts two cells: two on a line, or one where a line begins."""
    before = text[max(0, at - 3) : at]
    return before.endswith(("  ", "\n "))


def _says(words: str) -> bool:
    """True where a cell says something, more than a number or a dash: words, or who decided when ("KF 2031-06-15")."""
    return "§" in words or any(len(word) > 3 for word in re.findall(r"[^\W\d_]+", words))


def _tells_more(when: str) -> bool:
    """True where a cell of times says more than the first and the last day that an activity has."""
    when = _BEGINS.sub("", when).strip()
    whole = re.fullmatch(WHEN, when, re.IGNORECASE) is not None and stretch(when, 2000) is not None
    return " och " in when if whole else _says(when)


# Other tables


def _table(
    source: Source,
    title: str,
    unit_above: str | None,
    header: Sequence[Cell],
    body: Sequence[Row],
    section: int | None,
    year: int | None,
    found: Facts,
) -> Iterator[TableRow]:
    """The rows of a table that is neither of indicators nor of activities; `unit_above` is what a line above says."""
    width = max((len(row.cells) for row in body), default=0)
    names = [folded(cell.text) for cell in header] or [""] * width
    names += [""] * (width - len(names))
    label = names[0] if names else ""
    lone = not any(unit_in(name) for name in names[1 : len(header) - 1])
    if (
        lone
        and header
        and (below := _UNIT_BELOW.search("".join(source.text[s.start : s.end] for s in header[-1].spans[-1:])))
    ):
        unit_above = unit_above or unit_in(below[0])  # a line of its own, and so for all columns
        names[len(header) - 1] = names[len(header) - 1].removesuffix(folded(below[0])).rstrip()
    money = any(_PLAN_COLUMN.search(name) for name in names) and bool(_MONEY.search(" ".join((title, *names))))
    money = money or (
        {unit_above, unit_in(label)} & {"mnkr", "tkr"} != set()
        and sum(bool(_YEAR.fullmatch(name)) for name in names) > 1
    )
    kind: RowKind = "budget" if money else "rows"
    counted = "st" if re.match(r"antal\b|.*[(,] ?antal\b", label, re.IGNORECASE) else None
    table_unit = unit_in(label) or (unit_in(title) if money else None) or unit_above or counted
    rows = list(body)
    columns = _columns(names, rows, year if money else None, table_unit)
    parents = _parents(rows)
    of_units = next((n for n, name in enumerate(names) if n and re.fullmatch(r"Enhet|Mått|Sort|Per", name)), None)
    for n, (row, parent) in enumerate(zip(rows, parents, strict=True)):
        cells = []
        counted_in = _OF_ROW.search(row.cells[0].text)
        own = unit_in(counted_in[0]) if counted_in else None
        if of_units is not None and of_units < len(row.cells):
            own = unit_in(row.cells[of_units].text) or own
        for column, cell in zip(columns, row.cells[1:], strict=False):
            number = number_in(cell.text) if cell.text and _is_number(cell.text) else None
            written = cell.text or None
            unit = unit_in(cell.text) if cell.text and len(cell.text) < 25 else None
            unit = unit or (own if column.unit in (None, table_unit) else None) or column.unit
            span = Span(cell.spans[0].start, cell.spans[-1].end) if cell.spans else None
            wordy = written is not None and number is None and not re.fullmatch(r"[-−–]", written)
            cells.append(TableCell(column.name, column.year, None if wordy else unit, written, number, span))
        name = row.cells[0].text
        if not any(c.written for c in cells) and (not name or _is_group(rows, n)):
            found.groups += row.spans  # its name is the parent of the rows under it
            continue
        if not any(c.number is not None for c in cells) and _digits_left(source.text, row):
            found.unplaced += [Unplaced(span, "numbers that can't be told apart by column") for span in row.spans]
        yield TableRow(kind, title or label, name, parent, tuple(cells), Origin(section, row.spans))


def _is_number(text: str) -> bool:
    return (
        re.fullmatch(rf"(?:{NUMBER}|\((?:{NUMBER})\))\s*(?:%|mnkr|tkr|kr|kronor|st|personer)?\**\d?", text) is not None
    )


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    year: int | None
    unit: str | None


def _columns(names: Sequence[str], rows: Sequence[Row], year: int | None, unit: str | None) -> list[_Column]:
    """The columns after the label's, each with a name of its own, the year it is for and the unit of its numbers.

    A year that stands over the labels ("Antal barn, prognos 2026") holds for columns that name none; so does `year`,
    the plan's, for costs, revenue and net, which stand beside the net of the plan's own year. "varav" columns are
    parts of the dated column before them. A column whose numbers all carry one unit has it in its empty cells too.
    """
    found: list[_Column] = []
    seen: dict[str, int] = {}
    over_labels = next(iter(years_in(names[0])), None) if names else None
    for n, raw in enumerate(names[1:], 1):
        name = whole_name(raw) or f"kolumn {n}"
        seen[name] = seen.get(name, 0) + 1
        unique = name if seen[name] == 1 else f"{name} ({seen[name]})"
        texts = [row.cells[n].text for row in rows if n < len(row.cells) and _filled(row.cells[n].text)]
        of = next(iter(years_in(name)), None)
        numbers = sum(_is_number(text) for text in texts)
        if of is None and (numbers or not texts):
            of = over_labels
            if PART.match(name) and found:
                of = of or found[-1].year
            elif re.match(r"kostnad|intäkt|utgift|inkomst|netto|omslutning|belopp|budget$", name, re.IGNORECASE):
                of = of or year
        units = {unit_in(text) for text in texts if _is_number(text)}
        carried = units.pop() if len(units) == 1 else None
        of_years = numbers > 0 and all(_YEAR.fullmatch(text) or not _is_number(text) for text in texts)
        wordy = of_years or numbers * 2 < len(texts)
        found.append(_Column(unique, of, unit_in(name) or carried or (None if wordy else unit)))
    return found


def _parents(rows: Sequence[Row]) -> list[str | None]:
    """What each row is part of: "varav" rows of the row above them, rows under a label without values of that group.

    After a row that ends in "varav:" as many rows are its parts as make the printed sum come out.
    """
    parents: list[str | None] = []
    group: str | None = None
    whole: str | None = None
    parts_left = 0
    named_whole = bool(rows) and _NAMED_WHOLE.match(rows[0].cells[0].text) is not None
    for n, row in enumerate(rows):
        label = row.cells[0].text
        empty = not any(cell.text for cell in row.cells[1:])
        if PART.match(label):
            parents.append(whole)
            continue
        if empty and label:
            parents.append(None)
            group = label if _is_group(rows, n) else None
            whole, parts_left = label, 0
            continue
        if parts_left:
            parents.append(whole)
            parts_left -= 1
            continue
        if named_whole and _NAMED_WHOLE.match(label):
            group = None  # "Dagvård, antal dagar" says by itself what it counts, as the rows before the groups did
        total = _TOTAL.match(label) is not None
        parents.append(None if total else group)
        if total:
            group = None
        whole = label
        if re.search(r"\b(?:var|där)av:?$", label):
            parts_left = _parts(rows, n)
    return parents


def _is_group(rows: Sequence[Row], n: int) -> bool:
    """True where a row without values is the name of the rows under it rather than a row whose cells are empty."""
    label = rows[n].cells[0].text
    if label.endswith(":"):
        return True
    rest = rows[n + 1 :]
    if not rest or not any(cell.text for cell in rest[0].cells[1:]):
        return bool(rest) and _is_group(rows, n + 1)
    if not any(_is_number(cell.text) for row in rows for cell in row.cells[1:]):
        return True
    first = label.split()[0].lower()
    if any(_TOTAL.match(row.cells[0].text) and first in row.cells[0].text.lower() for row in rest):
        return True
    end = next((m for m, row in enumerate(rest) if _TOTAL.match(row.cells[0].text) or not any(_texts(row))), None)
    return (
        end is not None and end > 0 and _TOTAL.match(rest[end].cells[0].text) is not None and _adds_up(rest[: end + 1])
    )


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells[1:]]


def _adds_up(rows: Sequence[Row]) -> bool:
    """True where the last row has in each column that it has a figure in the sum of the rows before it."""
    *parts, total = rows
    columns = [n for n, text in enumerate(_texts(total)) if number_in(text) is not None]
    sums = {
        n: sum(
            (number_in(_texts(row)[n]) or Decimal(0) for row in parts if not PART.match(row.cells[0].text)), Decimal(0)
        )
        for n in columns
    }
    return bool(columns) and all(abs(sums[n] - (number_in(_texts(total)[n]) or 0)) <= Decimal("0.15") for n in columns)


def _parts(rows: Sequence[Row], n: int) -> int:
    """How many rows after row `n` are parts of it, by the printed sum of the first number column."""
    total = next((m for m in range(n + 1, len(rows)) if _TOTAL.match(rows[m].cells[0].text)), None)
    if total is None:
        return 0

    def amount(m: int) -> Decimal:
        cell = rows[m].cells[1].text if len(rows[m].cells) > 1 else ""
        return (number_in(cell) if cell else None) or Decimal(0)

    before = sum((amount(m) for m in range(n + 1)), Decimal(0))
    for parts in range(1, total - n):
        counted = before + sum((amount(m) for m in range(n + 1 + parts, total)), Decimal(0))
        if abs(counted - amount(total)) <= Decimal("0.15"):
            return parts
    return 0


def uncovered(
    original: Source, cleaned: Source, outline: Outline, plan: Plan, groups: Sequence[Span]
) -> list[Unplaced]:
    """Words of the document that no heading, passage, fact, table label, page furniture or reported line holds."""
    grids = [item for item in cleaned.items if isinstance(item, Grid)]
    spans = [s for p in plan.passages for s in p.origin.spans] + list(groups)
    spans += [s for facts in (plan.indicators, plan.activities, plan.rows) for f in facts for s in f.origin.spans]
    spans += [section.span for section in plan.sections] + [u.span for u in plan.unplaced]
    spans += [s for g in grids for row in g.rows[: g.header or 1] for s in row.spans]
    kept = {item.start for item in cleaned.lines()}
    inside = sorted(s for g in grids for row in g.rows for s in row.spans)
    for line in original.lines():  # furniture: neither kept as a line nor part of a grid
        if line.start not in kept and not _within(inside, line.start):
            spans.append(Span(line.start, line.end))
    # What a grid holds without a place of its own: its caption, and its header where a page repeats it.
    named = {_bare(g.caption) for g, _ in outline.grids}
    named |= {_bare("".join(cell.text for row in g.rows[: g.header or 1] for cell in row.cells)) for g in grids}
    left, at = [], 0
    for span in [*sorted(spans), Span(len(plan.text), len(plan.text))]:
        if span.start > at and (words := plan.text[at : span.start]).strip() and _bare(words) not in named:
            start = at + len(words) - len(words.lstrip())
            left.append(Unplaced(Span(start, at + len(words.rstrip())), "stands outside what was read"))
        at = max(at, span.end)
    return left


def _within(spans: Sequence[Span], offset: int) -> bool:
    """True where one of the sorted spans holds the offset."""
    n = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return n >= 0 and offset < spans[n].end


def _bare(words: str) -> str:
    """Words without white space and hyphens, to compare what was set with what was read."""
    return re.sub(r"[\s\u00ad-]", "", words).lower()
