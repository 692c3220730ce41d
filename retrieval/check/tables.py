"""What the figures of a plan's tables say of one another, and which of them do not agree.

No relation is taken for granted. That net is costs less revenue, that a row is the sum of those above it, that two
tables tell of the same thing: each is believed where other figures bear it out, and only then is a figure told that
breaks it. What rounding explains is no contradiction.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal, NamedTuple

from ingest.plan import Origin, Plan, TableCell, TableRow
from ingest.values import AMOUNT, NUMBER, UNIT, folded
from retrieval.language.swedish import stem, tokens

Relation = Literal["net", "sum", "parts", "across", "change", "percent", "figure", "stated"]

TOTAL = re.compile(r"(?:del)?summa\b|total(?:t|summa)?\b|sammanlagt\b|s:a\b|.*\b(?:totalt|summa)$", re.IGNORECASE)
_PART = re.compile(r"(?:där)?av(?:\s|$)|varav\b", re.IGNORECASE)
_NUMBER_CELL = re.compile(rf"(?:{AMOUNT}){UNIT}\s*\**", re.IGNORECASE)
_MEANINGS = (
    ("costs", re.compile(r"(?:brutto)?kostnad(?:er|sram)?\b(?!\s*per)|utgifter\b", re.IGNORECASE)),
    ("revenue", re.compile(r"(?:intäkter|inkomster)\b", re.IGNORECASE)),
    ("net", re.compile(r"netto", re.IGNORECASE)),
    ("plan", re.compile(r"(?:VP|budget|plan|internbudget)\b", re.IGNORECASE)),
    ("outcome", re.compile(r"(?:VB|utfall|bokslut)\b", re.IGNORECASE)),
    ("forecast", re.compile(r"prognos\b", re.IGNORECASE)),
)
_TRIO = ("net", "costs", "revenue")
# How a net is made of costs and revenue: which of the trio the way is about, the arithmetic, and how it is written.
_NETS: tuple[tuple[tuple[int, int, int], Callable[[Decimal, Decimal], Decimal], str], ...] = (
    ((0, 1, 2), lambda costs, revenue: costs - revenue, "{0} − {1}"),
    ((0, 2, 1), lambda revenue, costs: revenue - costs, "{0} − {1}"),
    ((0, 1, 2), lambda costs, revenue: costs + revenue, "{0} + {1}"),
)
# Columns of figures that are not added up.
_NOT_ADDED = re.compile(r"snitt|andel|index|procent|%|\bper\b|/|pris|avgift|ålder|värde|kvot|täthet", re.IGNORECASE)
_CHANGE = re.compile(r"(?:förändring|differens|diff|skillnad|ändring|ökning)(?:en)?\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_REVISED = re.compile(r"\b(?:före|efter|förslag|ändr|justera|omfördel|revider|prognos)", re.IGNORECASE)
_PAGE = re.compile(r"\bdnr\b[^\n]*|\bsid(?:a|an|or)?\.? \d+[^\n]*|\d+ ?\(\d+\)|\d+ av \d+", re.IGNORECASE)
_MONEY = {"kr": Decimal(1), "tkr": Decimal(1000), "mnkr": Decimal(10) ** 6, "mdkr": Decimal(10) ** 9}
_LITTLE = frozenset(("och", "i", "för", "till", "av", "inkl", "inklusive", "samt", "med", "de", "det", "den", "inom"))


class Figure(NamedTuple):
    """A number in a table: which of the plan's rows, and which of the row's cells."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A relation that does not hold: the first figure is claimed, the others make `made` by `formula`.

    Of "figure" the second is the same thing, told elsewhere. Of "stated" it is a sentence that does not agree, the one
    that begins at `sentence` in the stored text.
    """

    relation: Relation
    figures: tuple[Figure, ...]
    made: Decimal
    formula: str = ""
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a plan that stand in one table, by their numbers, and what is known of them together.

    `wholes` gives the row that a row is part of.
    """

    rows: tuple[int, ...]
    numeric: tuple[int, ...]
    wholes: dict[int, int]


class Tables:
    """The tables of a plan, their rows grouped and their figures read."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.rows = plan, plan.rows
        self._numbers: dict[Figure, Decimal] = {}
        self._written: dict[Figure, str] = {}
        self._halves: dict[Figure, Decimal] = {}
        for n, row in enumerate(plan.rows):
            for c, cell in enumerate(row.cells):
                if cell.number is not None and cell.written and _NUMBER_CELL.fullmatch(folded(cell.written)):
                    self._numbers[Figure(n, c)] = cell.number
                    self._written[Figure(n, c)] = re.findall(NUMBER, cell.written)[0]
        self.blocks = [block for block in map(self._block, _runs(plan.rows)) if block.numeric]

    def _block(self, rows: Sequence[int]) -> Block:
        width = len(self.rows[rows[0]].cells)
        numeric = tuple(c for c in range(width) if any(self.number(Figure(n, c)) is not None for n in rows))
        return Block(tuple(rows), numeric, self._wholes(rows))

    def _wholes(self, rows: Sequence[int]) -> dict[int, int]:
        by_label: dict[str, int] = {}
        wholes: dict[int, int] = {}
        top: int | None = None
        for n in rows:
            row = self.rows[n]
            of = by_label.get(_label(row.parent)) if row.parent else None
            if of is None and _PART.match(row.row) and not row.parent:
                of = top
            if of is not None:
                wholes[n] = of
            elif not TOTAL.match(row.row):
                top = n
            by_label.setdefault(_label(row.row), n)
        return wholes

    def cell(self, figure: Figure) -> TableCell:
        return self.rows[figure.row].cells[figure.column]

    def number(self, figure: Figure) -> Decimal | None:
        """The number of a cell that holds nothing else."""
        return self._numbers.get(figure)

    def value(self, figure: Figure) -> Decimal:
        """The same, an empty cell as nil."""
        return self._numbers.get(figure, Decimal(0))

    def written(self, figure: Figure) -> str:
        """The number as written, without its unit."""
        return self._written.get(figure, "0")

    def slack(self, block: Block, figures: Iterable[Figure]) -> Decimal:
        """How far rounding can lead a relation between figures astray: half a unit of each one's last place."""
        return sum((self._half(block, figure) for figure in figures), Decimal(0)) + Decimal("0.000001")

    def _half(self, block: Block, figure: Figure) -> Decimal:
        if figure not in self._halves:
            column = [each for n in block.rows if (each := Figure(n, figure.column)) in self._numbers]
            usual = Counter(places_in(self.written(each)) for each in column).most_common(1)[0][0] if column else 0
            tens = 0
            if usual == 0 and len(column) >= 3:  # whole thousands may be rounded to them
                while tens < 6 and all(self.value(each) % Decimal(10) ** (tens + 1) == 0 for each in column):
                    tens += 1
            for each in column:
                places = min(places_in(self.written(each)), usual)
                self._halves[each] = Decimal(10) ** (-places if places else tens) / 2
        return self._halves.get(figure, Decimal(0))

    def is_whole(self, block: Block) -> bool:
        """True where no figure stands in a table's text, in its rows or between them, that was read into no cell."""
        decimal = any(places_in(self.written(Figure(n, c))) for n in block.rows for c in block.numeric)
        for one, next_ in zip(block.rows, block.rows[1:], strict=False):
            before, after = self.rows[one].origin.spans, self.rows[next_].origin.spans
            if not before or not after:
                return False
            between = self.plan.text[max(s.end for s in before) : min(s.start for s in after)]
            if re.search(r"\d,\d" if decimal else r"\d", _YEAR.sub("", _PAGE.sub("", between))):
                return False
        rows = [self.rows[n] for n in block.rows]
        return not any(
            re.search(r"\d", unread(self.plan, row.origin, [row.row, *(cell.written for cell in row.cells)]))
            for row in rows
        )

    def broken(self) -> list[Broken]:
        """Every relation within and between the tables that does not hold."""
        found: list[Broken] = []
        for block in self.blocks:
            found += self._nets(block)
            found += self._across(block)
            found += self._changes(block)
            if self.is_whole(block):
                found += self._sums(block)
                found += self._parts(block)
        return found + list(self._figures())

    # Within a row

    def _nets(self, block: Block) -> Iterator[Broken]:
        """Net is costs less revenue, or the other way about, or their sum where revenue has a minus.

        The three are columns, or rows.
        """
        for trio in self._trios(block):
            ways = [(tuple(trio[at] for at in order), make, formula) for order, make, formula in _NETS]
            yield from self._by_rows(block, "net", ways)
        rows = [[n for n in block.rows if meaning_of(self.rows[n].row) == kind] for kind in _TRIO]
        if all(len(each) == 1 for each in rows):
            by_column = [
                ([tuple(Figure(rows[at][0], c) for at in order) for c in block.numeric], make, formula)
                for order, make, formula in _NETS
            ]
            yield from self._by_most(block, "net", by_column)

    def _trios(self, block: Block) -> Iterator[tuple[int, int, int]]:
        cells = self.rows[block.rows[0]].cells
        by_year: dict[tuple[int | None, str | None], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for c in block.numeric:
            if (kind := meaning_of(cells[c].column)) in _TRIO:
                by_year[cells[c].year, cells[c].unit][kind].append(c)
        for kinds in by_year.values():
            if all(len(kinds[kind]) == 1 for kind in _TRIO):
                yield kinds["net"][0], kinds["costs"][0], kinds["revenue"][0]

    def _across(self, block: Block) -> Iterator[Broken]:
        """A column is the sum of its "varav" columns, a total column that of those before it."""
        cells = self.rows[block.rows[0]].cells
        for parts, whole in self._column_groups(block, cells):
            yield from self._by_rows(
                block, "across", [((whole, *parts), lambda *n: sum(n, Decimal(0)), " + ".join(["{}"] * len(parts)))]
            )

    def _column_groups(self, block: Block, cells: Sequence[TableCell]) -> Iterator[tuple[tuple[int, ...], int]]:
        whole, parts = None, list[int]()
        for c in (*block.numeric, -1):
            if c >= 0 and _PART.match(cells[c].column):
                parts.append(c)
                continue
            if whole is not None and len(parts) >= 2:
                yield tuple(parts), whole
            whole, parts = (c if c >= 0 else None), []
        for at, c in enumerate(block.numeric):
            if re.match(r"(?:totalt|summa)\b", cells[c].column, re.IGNORECASE):
                before = [
                    b for b in block.numeric[:at] if (cells[b].year, cells[b].unit) == (cells[c].year, cells[c].unit)
                ]
                if len(before) >= 2 and not any(TOTAL.match(cells[b].column) for b in before):
                    yield tuple(before), c

    def _changes(self, block: Block) -> Iterator[Broken]:
        """A column of changes is the difference of two others, in their unit or in percent of the second."""
        cells = self.rows[block.rows[0]].cells
        for c in block.numeric:
            if not _CHANGE.match(cells[c].column):
                continue
            others = [o for o in block.numeric if o != c and not _CHANGE.match(cells[o].column)]
            pairs = [(a, b) for one, two in combinations(others, 2) for a, b in ((one, two), (two, one))]
            if cells[c].unit == "%" or re.search(r"%|procent", cells[c].column):
                ways: list[Way] = [
                    ((c, a, b), lambda x, y: (x - y) / y * 100 if y else Decimal(0), "({0} − {1}) / {1}")
                    for a, b in pairs
                ]
                yield from self._by_rows(block, "percent", ways)
            else:
                same = [(a, b) for a, b in pairs if cells[a].unit == cells[b].unit == cells[c].unit]
                yield from self._by_rows(
                    block, "change", [((c, a, b), lambda x, y: x - y, "{0} − {1}") for a, b in same]
                )

    def _by_rows(self, block: Block, relation: Relation, ways: Sequence[Way]) -> Iterator[Broken]:
        """The rows that break the way to make a column which the other rows keep to."""
        everywhere = [
            ([tuple(Figure(n, c) for c in columns) for n in block.rows], make, formula)
            for columns, make, formula in ways
        ]
        yield from self._by_most(block, relation, everywhere)

    def _by_most(
        self,
        block: Block,
        relation: Relation,
        ways: Sequence[tuple[Sequence[tuple[Figure, ...]], Callable[..., Decimal], str]],
    ) -> Iterator[Broken]:
        """The figures that break the way to make the first of them which most of their like keep to."""
        best: tuple[int, list[Broken]] = (0, [])
        for places, make, formula in ways:
            kept, broken = 0, list[Broken]()
            for figures in places:
                numbers = [self.number(figure) for figure in figures]
                if any(number is None for number in numbers):
                    continue
                claimed, *of = (number or Decimal(0) for number in numbers)
                made = make(*of)
                slack = self.slack(block, figures if relation != "percent" else figures[:1])
                if relation == "percent":
                    slack += self._percent_slack(block, figures)
                if abs(made - claimed) <= slack:
                    kept += sum(bool(number) for number in of) >= 2
                else:
                    written = [self.written(figure) for figure in figures[1:]]
                    broken.append(Broken(relation, figures, made, formula.format(*written)))
            if kept > best[0]:
                best = (kept, broken)
        kept, broken = best
        if kept >= 2 and kept > len(broken):
            yield from broken

    def _percent_slack(self, block: Block, figures: Sequence[Figure]) -> Decimal:
        _, a, b = figures
        if not self.value(b):
            return Decimal(1000)
        half = self._half(block, a) + self._half(block, b) * abs(self.value(a) / self.value(b))
        return half / abs(self.value(b)) * 100

    # Between the rows of a table

    def _sums(self, block: Block) -> Iterator[Broken]:
        """A total is the sum of rows above it: those since the last total, all of them, or the totals before it."""
        totals = [n for n in block.rows if TOTAL.match(self.rows[n].row)]
        for total in totals:
            ways = [way for way in self._compositions(block, total, totals) if len(way) >= 2]
            yield from self._best_sum(block, total, ways, "sum", alone=len(totals) == 1 and total == block.rows[-1])

    def _compositions(self, block: Block, total: int, totals: Sequence[int]) -> Iterator[list[int]]:
        before = [n for n in block.rows if n < total]
        tops = [n for n in before if n not in totals and n not in block.wholes]
        earlier = [n for n in totals if n < total]
        last = earlier[-1] if earlier else -1
        yield [n for n in tops if n > last]
        yield tops
        yield earlier
        yield [last, *(n for n in tops if n > last)] if earlier else []
        if not before:  # a table that begins with its total
            yield [n for n in block.rows if n > total and n not in totals and n not in block.wholes]

    def _parts(self, block: Block) -> Iterator[Broken]:
        """The parts of a row make the row where they are all of it, and no part is more than the whole."""
        parts: dict[int, list[int]] = defaultdict(list)
        for part, whole in block.wholes.items():
            parts[whole].append(part)
        for whole, of in parts.items():
            broken = list(self._best_sum(block, whole, [of], "parts", alone=False)) if len(of) >= 2 else []
            yield from broken

    def _best_sum(
        self, block: Block, total: int, ways: Sequence[Sequence[int]], relation: Relation, alone: bool
    ) -> Iterator[Broken]:
        """The columns in which a total is not the sum that it is in the others."""
        best: tuple[int, list[Broken]] | None = None
        for way in ways:
            distinct = self._without_repeats(way)
            kept, broken = 0, list[Broken]()
            for c in block.numeric:
                claimed, addends = Figure(total, c), [Figure(n, c) for n in way]
                if not self._adds_up(claimed, addends):
                    continue
                figures = (claimed, *(each for each in addends if self.number(each) is not None))
                made = sum((self.value(each) for each in figures[1:]), Decimal(0))
                off = self.value(claimed) - made
                slack = self.slack(block, figures)
                once = sum((self.value(Figure(n, c)) for n in distinct), Decimal(0))
                if min(abs(off), abs(self.value(claimed) - once)) <= slack:
                    kept += sum(bool(self.value(each)) for each in addends) >= 2
                elif not self._may_be_elsewhere(block, [total, *way], off, slack):
                    formula = " + ".join(self.written(each) for each in figures[1:])
                    broken.append(Broken(relation, figures, made, formula))
            if best is None or kept > best[0]:
                best = (kept, broken)
        if best is None:
            return
        kept, broken = best
        sure = (
            alone and kept == 0 and len(block.numeric) == 1 and len(ways[0]) >= 3 and self._has_no_hidden_part(broken)
        )
        if (kept >= 2 and kept > len(broken)) or (kept == 1 and alone and len(broken) == 1) or (sure and broken):
            yield from broken

    def _has_no_hidden_part(self, broken: Sequence[Broken]) -> bool:
        """True where a sum is not too large by just some rows in a row: they may be parts of the one above."""
        for each in broken:
            values = [self.value(figure) for figure in each.figures[1:]]
            runs = {sum(values[a:b]) for a in range(len(values)) for b in range(a + 1, len(values) + 1)}
            if each.made - self.value(each.figures[0]) in runs:
                return False
        return True

    def _without_repeats(self, rows: Sequence[int]) -> list[int]:
        """The rows without those that stand in the table before, word for word: they are told by themselves."""
        seen: dict[tuple[object, ...], int] = {}
        for n in rows:
            seen.setdefault(said(self.rows[n]), n)
        return list(seen.values())

    def _adds_up(self, claimed: Figure, addends: Sequence[Figure]) -> bool:
        cells = [self.cell(each) for each in (claimed, *addends)]
        there = [each for each in addends if self.number(each) is not None]
        return (
            self.number(claimed) is not None
            and len(there) >= 2
            and all(
                not cell.written or self.number(each) is not None for each, cell in zip(addends, cells[1:], strict=True)
            )
            and len({cell.unit for cell in cells if cell.written}) == 1
            and cells[0].unit != "%"
            and not _NOT_ADDED.search(cells[0].column)
        )

    def _may_be_elsewhere(self, block: Block, rows: Sequence[int], off: Decimal, slack: Decimal) -> bool:
        """True where the difference is a figure of a row with empty cells: it may belong in another column."""
        for n in rows:
            figures = [Figure(n, c) for c in block.numeric]
            if all(self.number(each) is not None for each in figures):
                continue
            if any(self.value(each) and abs(abs(off) - abs(self.value(each))) <= slack for each in figures):
                return True
        return False

    # Between tables

    def _figures(self) -> Iterator[Broken]:
        """The same thing in two tables: alike by name, and by other figures that are the same in both."""
        told = [(block, n, self.names(block, n)) for block in self.blocks for n in block.rows]
        columns = {n: self._meanings(n) for _, n, _ in told}
        by_word: dict[str, set[int]] = defaultdict(set)
        for at, (_, _, names) in enumerate(told):
            for name in names:
                for word in name:
                    by_word[word[:5]].add(at)
        lone: dict[tuple[int, str], list[tuple[bool, Broken]]] = defaultdict(list)
        pairs = sorted({(a, b) for ats in by_word.values() for a, b in combinations(sorted(ats), 2)})
        for a, b in pairs:
            (one, n, names), (other, m, others) = told[a], told[b]
            if one is other or not (alike := _alike(names, others)) or self._is_revised(n, m):
                continue
            same, broken = list[Decimal](), list[Broken]()
            shared = [(key, c, columns[m][key]) for key, c in columns[n].items() if key in columns[m]]
            for key, c, d in shared:
                left, right = Figure(n, c), Figure(m, d)
                scale = scale_between(self.cell(left).unit, self.cell(right).unit)
                x, y = self.number(left), self.number(right)
                if scale is None or x is None or y is None:
                    continue
                slack = self.slack(one, [left]) + self.slack(other, [right]) * scale
                if abs(x - y * scale) <= slack:
                    same += [x] if x else []
                else:
                    broken.append(Broken("figure", (left, right), y * scale))
                if len(shared) == 1 and alike == "same":
                    for whose in (one, other):
                        key_ = (whose.rows[0], key)
                        lone[key_].append((abs(x - y * scale) <= slack, Broken("figure", (left, right), y * scale)))
            if len(same) >= len(broken) and _is_evidence(same, alike):
                yield from broken
        seen: set[Broken] = set()
        for among in lone.values():
            kept = sum(same for same, _ in among)
            if kept >= 3 and kept >= 3 * (len(among) - kept):
                for same_, each in among:
                    if not same_ and each not in seen:
                        seen.add(each)
                        yield each

    def _is_revised(self, one: int, other: int) -> bool:
        """True where a heading tells that one of two tables is from before or after a change."""
        rows = [self.rows[n] for n in (one, other)]
        return any(_REVISED.search(f"{self.plan.path(row.origin.section)} {row.table}") for row in rows)

    def names(self, block: Block, n: int) -> list[frozenset[str]]:
        """What a row is called, as word stems: its label, for a table's only total the table's name."""
        row = self.rows[n]
        label = re.sub(r"^(?:varav|därav)\s+", "", row.row, flags=re.IGNORECASE)
        if TOTAL.match(label):
            label = re.sub(r"\b(?:(?:del)?summa|total(?:t|summa)?|sammanlagt|s:a)\b", "", label, flags=re.IGNORECASE)
            if not word_stems(label):
                only = sum(bool(TOTAL.match(self.rows[each].row)) for each in block.rows) == 1
                label = row.table if only else ""
        return [words] if (words := word_stems(label)) else []

    def _meanings(self, n: int) -> dict[str, int]:
        """What a row's columns are about, each once: kind, year and unit's dimension, and the cell."""
        found: dict[str, list[int]] = defaultdict(list)
        for c, cell in enumerate(self.rows[n].cells):
            if self.number(Figure(n, c)) is None:
                continue
            name = _YEAR.sub("", re.sub(r"\((?:mnkr|tkr|kr|mkr)\)", "", cell.column.casefold()))
            kind = meaning_of(cell.column) or " ".join(name.split())
            dimension = "money" if cell.unit in _MONEY else cell.unit
            found[f"{kind} {cell.year} {dimension}"].append(c)
        return {key: columns[0] for key, columns in found.items() if len(columns) == 1}


Way = tuple[tuple[int, ...], Callable[..., Decimal], str]


def unread(plan: Plan, origin: Origin, read: Iterable[str | None]) -> str:
    """What is left of a row's text without what was read of it."""
    left = " ".join(folded(plan.text[span.start : span.end]) for span in origin.spans)
    for word in (word for words in read for word in folded(words or "").split()):  # a cell may stand in several places
        left = left.replace(word, " ", 1)
    return left


def said(row: TableRow) -> tuple[object, ...]:
    """What a row says, for telling whether another says the same."""
    return (row.parent, folded(row.row).casefold(), tuple(cell.written and folded(cell.written) for cell in row.cells))


def _runs(rows: Sequence[TableRow]) -> Iterator[list[int]]:
    """The rows of each table, by number: they follow on one another and have the same columns."""
    run: list[int] = []
    before: object = None
    for n, row in enumerate(rows):
        head = (row.table, row.origin.section, tuple((cell.column, cell.year) for cell in row.cells))
        if run and head != before:
            yield run
            run = []
        before = head
        run.append(n)
    if run:
        yield run


def _label(words: str | None) -> str:
    words = re.sub(r"[,:]?\s*varav:?\s*$", "", folded(words or ""), flags=re.IGNORECASE)
    return words.rstrip(" :*").casefold()


def meaning_of(column: str) -> str | None:
    """What kind of amount a column holds, None for any other."""
    if re.search(r"förändring|varav|andel|%|diff", column, re.IGNORECASE):
        return None
    return next((kind for kind, pattern in _MEANINGS if pattern.match(column)), None)


def word_stems(label: str) -> frozenset[str]:
    return frozenset(stem(word) for word in tokens(label) if word not in _LITTLE and word[0].isalpha())


def _alike(names: Sequence[frozenset[str]], others: Sequence[frozenset[str]]) -> Literal["same", "near"] | None:
    """Whether two rows' names are the same, or the words of one begin those of the other."""
    for one in names:
        for other in others:
            if one == other:
                return "same"
            few, many = sorted((one, other), key=len)
            if all(any(_begins(a, b) for b in many) for a in few):
                return "near"
    return None


def _is_evidence(same: Sequence[Decimal], alike: Literal["same", "near"]) -> bool:
    """True where figures that two rows have in common are too many and too long to be alike by chance."""
    long = {number for number in same if len(number.as_tuple().digits) >= 3}
    return len(set(same)) >= 2 and len(long) >= (1 if alike == "same" else 2)


def _begins(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= 3 and long.startswith(short))


def scale_between(unit: str | None, other: str | None) -> Decimal | None:
    """How many of one unit an amount in another is; None where they measure different things."""
    if unit == other:
        return Decimal(1)
    if unit in _MONEY and other in _MONEY:
        return _MONEY[other or ""] / _MONEY[unit or ""]
    return None


def places_in(written: str) -> int:
    found = re.search(r"\d[.,](\d+)$", written.strip())
    return len(found[1]) if found else 0
