"""The search for the likeliest cells of rows that each begin with a space.

Few places are left where a cell may end: before a space more, before a line that a wrapped cell does not go on in, and
within the other lines. Of these the likeliest are taken by what the cells of each column are like: figures, times or
words. At first its name tells, then, a few times over, the cells found so far.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.columns import STREET, binds, dangling, is_numeric, leads_number
from ingest.goal_columns import kind_of
from ingest.led_headers import OF_TIME
from ingest.led_words import YEAR, Form, Word, are_one_time, are_opening_hours, form_of, line_cost, told
from ingest.values import TOTAL, number_in, unit_in

_MOST = 12.0  # what any row may cost while it is read
_WORST, _MEAN = (3.5, 0.3), (1.0, 0.2)  # what a row may cost, and one of all taken together; more for each column
_PASSES = 4
_JOINED = 1.0  # what it costs that a label and what stands below it are one row
_TORN = 3.0  # what it costs that a cell ends with a line though it does not wrap
_GAP = 3.0  # what it costs that a space more tells of no empty cell, or that an empty cell left none

# What a column holds: "probably" figures or times where only its name says so, and remarks, which may be anything.
Kind = Literal["figures", "probably figures", "times", "probably times", "words", "numbered", "remarks", "unknown"]
Cells = tuple[tuple[int, int] | None, ...]  # where each cell's words are, None for an empty one
_Found = dict[tuple[int, int], tuple[float, Cells]]  # by the word reached and the empty cells before it


def _costs(*costs: float) -> Mapping[Form, float]:
    forms: tuple[Form, ...] = ("figure", "year", "range", "time", "words", "value", "numbered", "count", "none")
    return dict(zip(forms, costs, strict=True))


# What a cell costs in a column: figure, year, range, time, words, value, numbered words, counted things, neither.
_ODD: Mapping[Kind, Mapping[Form, float]] = {
    "figures": _costs(0.0, 0.5, 0.3, 2.5, 3.0, 1.5, 4.0, 1.0, 9.0),
    "probably figures": _costs(0.2, 1.0, 0.6, 0.8, 0.8, 0.8, 1.2, 0.8, 9.0),
    "times": _costs(2.5, 0.6, 0.0, 0.0, 1.8, 1.2, 2.0, 2.0, 9.0),
    "probably times": _costs(1.5, 0.6, 0.6, 0.1, 0.7, 0.5, 1.2, 1.5, 9.0),
    "words": _costs(2.8, 2.8, 1.2, 1.2, 0.0, 0.0, 0.6, 1.5, 9.0),
    "numbered": _costs(3.0, 3.0, 2.0, 2.0, 0.8, 0.8, 0.0, 3.0, 9.0),
    "remarks": _costs(1.0, 1.0, 1.0, 0.2, 0.0, 0.0, 0.2, 0.1, 9.0),
    "unknown": _costs(0.9, 1.2, 0.8, 0.6, 0.4, 0.4, 1.2, 1.0, 9.0),
}
_ODD_LABEL = _costs(3.0, 0.5, 2.0, 0.3, 0.0, 0.0, 0.3, 1.5, 9.0)
_LEARNT: Mapping[Form, Kind] = {"figure": "figures", "count": "figures", "time": "times", "numbered": "numbered"}


@dataclass(frozen=True, slots=True)
class LedRow:
    """A row's words, where its cells are, and how unlikely that is."""

    words: tuple[Word, ...]
    cells: Cells
    cost: float

    @property
    def is_label(self) -> bool:
        """True where there are words in the first column alone: the name of a group."""
        return bool(self.cells) and self.cells[0] is not None and not any(self.cells[1:])

    def says(self, column: int) -> str:
        """What the cell of a column says."""
        cell = self.cells[column]
        return told(self.words[slice(*cell)]) if cell else ""


def led_rows(rows: Sequence[tuple[Word, ...]], names: Sequence[str]) -> tuple[list[LedRow], float] | None:
    """The cells of rows in columns of such names, and what a row costs; None where they are unlikely."""
    return _Reading(rows, names).table()


class _Column:
    """What is known of a column: at first what its name says, then what was learnt."""

    def __init__(self, name: str, first: bool) -> None:
        self.kind: Kind = "unknown" if first else _kind(name)
        self.full = 0.8  # how many cells are filled
        self.small = False  # cells begin small
        self.single = False  # cells have one word each
        self.size: float | None = None  # of its figures
        self.said: Counter[str] = Counter()

    def learn(self, texts: Sequence[str], sure: Sequence[str], rows: int, first: bool) -> None:
        """Takes what the cells say, those of whose figures there is no doubt, and how many rows there are."""
        self.full = len(texts) / rows if rows else 0.8
        self.small = 2 * sum(text[:1].islower() for text in texts) > len(texts)
        self.single = not first and 4 * sum(" " not in text for text in texts) > 3 * len(texts)
        self.said = Counter(texts)
        sizes = sorted(_size(text) for text in sure or texts if form_of(text) == "figure" and number_in(text))
        self.size = sizes[len(sizes) // 2] if sizes else self.size
        if self.kind == "remarks":
            return
        forms = Counter(form_of(text) for text in texts)
        others = forms.pop("year", 0) + forms.pop("range", 0)
        forms["time" if forms["time"] + others and forms["time"] >= forms["figure"] else "figure"] += others
        kinds = Counter[Kind]()
        for form, count in forms.items():
            kinds[_LEARNT.get(form, "words")] += count
        most = kinds.most_common(1)
        self.kind = most[0][0] if most and most[0][1] > 0.55 * len(texts) else "unknown"


def _kind(name: str) -> Kind:
    """What the cells of a column of such a name hold, as far as the name tells."""
    if kind_of(name) == "comment":
        return "remarks"
    if OF_TIME.match(name):
        return "times"
    if kind_of(name) in ("start", "end", "period"):
        return "probably times"
    if unit_in(name) is not None or re.match(r"Antal|Budget|Kostnad|Utfall|Belopp", name):
        return "figures"
    return "probably figures" if is_numeric(name) or re.search(r"(?:19|20)\d\d", name) else "unknown"


def _size(figure: str) -> float:
    """How large a figure is, in powers of ten."""
    return math.log10(abs(float(number_in(figure) or 0)) + 1)


class _Reading:
    """A table's rows under so many names."""

    def __init__(self, rows: Sequence[tuple[Word, ...]], names: Sequence[str]) -> None:
        self.rows = rows
        self.columns = [_Column(name, first=not n) for n, name in enumerate(names)]

    def table(self) -> tuple[list[LedRow], float] | None:
        """Each row's cells, and what a row costs; None where they are unlikely."""
        read: list[LedRow] = []
        for _ in range(_PASSES):
            before, found = [row.cells for row in read], self._all()
            if found is None:
                return None
            read = found
            if [row.cells for row in read] == before:
                break
            self._learn(read)
        costs = [row.cost for row in read]
        mean, count = sum(costs) / len(costs), len(self.columns)
        worst, most = (base + more * count for base, more in (_WORST, _MEAN))
        filled = all(any(row.cells[n] for row in read) for n in range(count))
        return (read, mean) if filled and max(costs) <= worst and mean <= most else None

    def _all(self) -> list[LedRow] | None:
        """The rows read one by one, a label without cells with what stands below it where both are rather one row."""
        read: list[LedRow] = []
        for words in self.rows:
            found = self._row(words)
            if read and read[-1].is_label:
                both = self._row((*read[-1].words, *words))
                if both and both.cost + _JOINED < read[-1].cost + (found.cost if found else _MOST):
                    read[-1] = both
                    continue
            if found is None:
                return None
            read.append(found)
        return read

    def _learn(self, read: Sequence[LedRow]) -> None:
        """Tells each column what its cells are like, those of sums left out."""
        rows = [row for row in read if not TOTAL.match(row.words[0].text) and not row.is_label]
        for n, column in enumerate(self.columns):
            filled = [row for row in rows if row.cells[n]]
            sure = [row.says(n) for row in filled if are_sure(row.words, row.cells[n])]
            column.learn([row.says(n) for row in filled], sure, len(rows), first=not n)

    def _row(self, words: tuple[Word, ...]) -> LedRow | None:
        """The likeliest cells of a row."""
        total = TOTAL.match(words[0].text) is not None
        best: _Found = {(0, 0): (0.0, ())}
        for n, column in enumerate(self.columns):
            after: _Found = {}
            ends: dict[int, list[tuple[int, float]]] = {}
            for (begin, empty), (cost, cells) in best.items():
                if begin == len(words):
                    _keep(after, (begin, empty + 1), cost + self._lacking(words, cells, total), (*cells, None))
                    continue
                if n:
                    traced = words[begin].empties
                    untraced = 0.3 if total and column.kind != "figures" else _GAP - 1.0 * (traced > 0)
                    more = 0.0 if empty < traced else untraced
                    _keep(after, (begin, empty + 1), cost + more, (*cells, None))
                begun = cost + (self._beginning(words, begin, cells, empty) if n else 0.0)
                if begin not in ends:
                    ends[begin] = self._ends(words, begin, n)
                for end, own in ends[begin]:
                    _keep(after, (end, 0), begun + own, (*cells, (begin, end)))
            best = after
        ways = [way for (at, _), way in best.items() if at == len(words)]
        cost, cells = min(ways, key=lambda way: way[0], default=(_MOST, ()))
        return LedRow(words, cells, cost) if ways else None

    def _ends(self, words: Sequence[Word], begin: int, n: int) -> list[tuple[int, float]]:
        """Where the cell of a column that begins at a word may end, and how unlikely each such cell is."""
        found, going = [], 0.0
        least = len(words) if n == len(self.columns) - 1 else 0  # nothing is left after the last column
        for end in range(begin + 1, len(words) + 1):
            going += _going_on(words, end - 1) if end - 1 > begin else 0.0
            if going > _MOST:
                break
            if end >= least and (own := going + line_cost(words, begin, end, _TORN, _MOST)) < _MOST:
                found.append((end, own + self._odd(words, begin, end, n)))
        return found

    def _lacking(self, words: Sequence[Word], cells: Cells, total: bool) -> float:
        """What it costs that a row ends before its next column: a last cell may be empty, most of all a remark."""
        column = self.columns[len(cells)]
        if total:
            return 0.6 if column.kind == "figures" else 0.1
        if cells[0] is not None and not any(cells[1:]):  # the name of a group, which has hardly a figure
            return (1.0 + 3.0 * sum(word.kind == "9" for word in words)) / (len(self.columns) - 1)
        if column.kind == "figures":
            return 0.5 + 2.0 * column.full
        return 0.3 + (0.4 if column.kind == "remarks" else 1.2) * column.full

    def _beginning(self, words: Sequence[Word], n: int, cells: Cells, empty: int) -> float:
        """How unlikely the next column's cell begins at a word, after so many empty ones."""
        column, before, word = self.columns[len(cells)], words[n - 1], words[n]
        parted = dangling(f" {before.text}") or are_one_time(before.text, word.text, words[n - 2].text if n > 1 else "")
        cost = _GAP * max(0, word.empties - empty) + 3.0 * parted
        cost += 1.0 * word.bound + 0.8 * are_opening_hours(before.text, word.text)
        if word.empties or word.breaks:
            return cost + 1.0 * (word.kind == "x" and not word.empties and not column.small)
        if word.kind == "(":
            return cost + 2.5
        if word.kind == "C":
            cost += 0.0 if word.common else 0.8 if before.kind == "C" else 0.4
            return cost + 1.5 * binds(before.text)
        if word.kind == "x":
            last = told(words[slice(*cells[-1])]) if cells[-1] else ""
            ended = before.kind == "9" or word.of_days or form_of(last) in ("time", "figure") or column.kind == "times"
            return cost + (0.2 if column.small else 0.5 if ended else 2.5)
        cost += 0.2 + 1.2 * (STREET.search(before.text) is not None and word.text.isdigit() and len(word.text) < 4)
        cost += 1.5 * leads_number(" ".join(each.text for each in words[max(0, n - 3) : n]))
        if re.fullmatch(r"\d{3}", word.text) and re.fullmatch(r"\d{1,3}", before.text):  # or the end of thousands
            house = n > 1 and STREET.search(words[n - 2].text) is not None
            cost += 0.0 if house else 1.5 if len(cells) == 1 else 0.6
        return cost

    def _odd(self, words: Sequence[Word], begin: int, end: int, n: int) -> float:
        """How unlikely words are as the cell of a column."""
        column, part, last = self.columns[n], words[begin:end], end == len(words)
        text = told(part)
        form = form_of(text)
        cost = (_ODD[column.kind] if n else _ODD_LABEL)[form]
        if form == "figure" and column.size is not None and number_in(text):
            cost += 0.5 * max(0.0, abs(_size(text) - column.size) - 0.8)
        if column.kind == "times" and re.fullmatch(r"\w+ (?:19|20)\d\d", text):
            cost = 0.6  # "Avgivet 2031"
        if column.kind == "remarks" and part[0].kind == "9" and form not in ("time", "count"):
            cost += 1.0 if any(word.of_time for word in part) else 0.4
        if form in ("words", "value", "numbered") and column.kind != "remarks":
            counts = len(part) > 1 and part[1].kind == "x" and n > 0  # "72 lägenheter, varav 45 med kök"
            cost += (0.4 if counts else 1.3) * (part[0].kind == "9")
            cost += 0.5 * (part[0].kind == "x" and not column.small and n > 0)
            cost += 1.0 * (part[-1].kind == "9" and form == "words" and not last and not words[end].breaks)
            cost += 0.1 * max(0, len(part) - 7) + 0.9 * (column.single and len(part) > 1)
            cost += 1.5 * (re.search(r"\w \d+(?:,\d+)? %$", text) is not None and n > 0)
            cost += 1.5 * (n > 0 and any(word.of_time for word in part) and (not last or column.kind == "words"))
            # Several figures side by side stand in no cell of words.
            cost += 1.5 * sum(a.kind == b.kind == "9" and not a.text.endswith(",") for a, b in pairwise(part))
        if not n:
            cost += 1.5 * (len(part) > 1 and part[-1].of_days)
            numbers = any(word.kind == "9" and not YEAR.fullmatch(word.text) for word in part)
            cost += 3.0 * (numbers and TOTAL.match(text) is not None)
        elif column.said[text] > 1 and form in ("words", "value", "numbered"):
            cost -= 0.4
        return cost + 1.0 * (not last and dangling(f" {part[-1].text}"))


def _keep(found: _Found, key: tuple[int, int], cost: float, cells: Cells) -> None:
    """Takes a way to read a row's words so far if it is the likeliest."""
    if cost < found.get(key, (_MOST, ()))[0]:
        found[key] = cost, cells


def _going_on(words: Sequence[Word], n: int) -> float:
    """How unlikely a word goes on in the cell of the word before."""
    before, word = words[n - 1], words[n]
    cost = _GAP * word.empties
    bound = before.text.endswith((".", ":")) or dangling(f" {before.text}")
    if word.kind == "C" and word.common and not bound:
        return cost + (1.0 if word.breaks else 1.2)
    if word.breaks and word.kind in "C9":
        return cost + (0.5 if before.kind == "x" else 0.3)
    return cost + 0.1 * (word.kind == "C")


def are_sure(words: Sequence[Word], cell: tuple[int, int] | None) -> bool:
    """True where no figure beside a cell could be part of its own."""
    if cell is None:
        return True
    begin, end = cell
    after = end < len(words) and not words[end].breaks and not words[end].empties
    before = begin > 0 and not words[begin].breaks and not words[begin].empties
    return not (after and re.fullmatch(r"\d{3}", words[end].text)) and not (
        before and re.match(r"\d{3}(?!\d)", words[begin].text) and words[begin - 1].kind == "9"
    )
