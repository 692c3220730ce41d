"""The lines of tables whose rows each begin with a space: what stands together, their words, and what a cell may be.

     Fee 2030 \n(kr) \n2031 \n(kr) \nPer
     Boat, first year 395  season
     Large hall, associations \nof the place \n220 240 hour

An empty cell leaves one space more, and a cell that wraps has the rest of its lines to itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

from ingest.columns import is_title
from ingest.goal_columns import FORMS, VALUE
from ingest.said import Said
from ingest.source import Cell, Line, Source, Span, cell_at
from ingest.values import AMOUNT, MONTHS, TOTAL, UNIT
from ingest.when import WHEN

# What a cell's words are: figures, a year, from one figure to another, a time, words that end in a number, words that
# stand for a value, a figure and small words, other words, or figures that are not one cell's.
Form = Literal["figure", "year", "range", "time", "numbered", "value", "count", "words", "none"]

YEAR = re.compile(r"(?:19|20)\d\d[,*]?")
FIGURE = re.compile(rf"(?:{AMOUNT}{UNIT}|[-−–+]?\d+(?:[.,]\d+)?%?)\*{{0,2}}|[-−–]", re.IGNORECASE)
_DAY = r"(?:mån|tis|ons|tors|fre|lör|sön)(?:dag(?:ar)?)?|vardagar|helger|alla dagar(?: utom \w+)?|dagligen"
_DAYS = rf"(?:{_DAY})(?:(?:[-–]|, | och )(?:{_DAY}))*"
_HOURS = r"\d{1,2}(?:[.:]\d\d)?[-–]\d{1,2}(?:[.:]\d\d)?"
_OPEN = rf"(?:{_DAYS},? ?)?(?:(?:kl\.|klockan) )?{_HOURS}"
_MONTHS = rf"(?:{'|'.join(MONTHS)})"
_REPORT = rf"(?:T[123]|{FORMS['end']})"
_RECURS = (  # "tredje torsdagen i månaden 13.00"
    rf"i {_MONTHS}(?: och {_MONTHS})*|(?:[Vv]ar\w*|[Ff]örsta|[Aa]ndra|[Tt]redje|[Ff]järde|[Ff]emte|[Ss]jätte|[Ss]ista) "
    rf"(?=.*(?:dag|veck|månad|kvartal|termin|{_MONTHS}))(?:[\w,.:–-]+ ?){{1,9}}"
)
_TIME = re.compile(
    rf"(?i:{WHEN}|\d{{1,2}} och \d{{1,2}} \w+|\d{{4}}-\d\d-\d\d|{_DAYS}|{_OPEN}(?:, {_OPEN})*)|{FORMS['period']}"
    rf"|{_REPORT}(?:(?:, | och ){_REPORT})*"
    rf"|(?i:(?:{FORMS['period']}|(?:\d|en|två|tre|fyra) gång(?:er)?),? (?:i )?{WHEN})|{_RECURS}"
)
_RANGE = re.compile(r"\d{1,4}(?:[.:,]\d+)?(?:[-–]|, )\d{1,4}(?:[.:,]\d+)?")
_COUNT = re.compile(rf"{AMOUNT}(?: [a-zåäö]+){{1,4}}")
_NUMBERED = re.compile(r"(?!.*\d .*\d$).*[^\W\d_]\S* \d{1,3}[A-Z]?")
_FOR_SHORT = re.compile(r"\(?[\w.:/–-]+\)?")
_OF_TIME = re.compile(rf"{_MONTHS}\b|\d{{4}}-\d\d-\d\d", re.IGNORECASE)
_OF_DAYS = re.compile(rf"(?:{_DAY}|alla)\b", re.IGNORECASE)
_ENDS_IN_DAYS = re.compile(rf".*(?:{_DAY}),?", re.IGNORECASE)
_COUNTED = re.compile(r"(?:[Kk]vartal|[Tt]ertial|[Vv]ecka|[Vv]eckorna)$")  # a time, with the number after it
_EVERY = re.compile(r"[Vv]ar|\w+(?:de|je)$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: where it stands, whether it begins a line, and how many empty cells the spaces before it tell of.

    Its `kind` is C for a capital, 9 for a figure or a dash, ( for a bracket, x for a small letter."""

    text: str
    kind: str
    start: int
    end: int
    breaks: bool
    empties: int
    common: bool  # with a capital though the document writes it small elsewhere
    bound: bool  # the document has it after the same word elsewhere too
    of_time: bool  # a month or a day
    of_days: bool  # days of the week


@dataclass(frozen=True, slots=True)
class Group:
    """Lines with no blank line between them, from one item of the source to before another; `led` where the first
    begins with a space."""

    start: int
    end: int
    lines: tuple[Line, ...]
    words: tuple[Word, ...]
    led: bool

    @property
    def text(self) -> str:
        """The words, with single spaces."""
        return " ".join(word.text for word in self.words)


class Groups:
    """A document's lines by groups, each made when it is asked for."""

    def __init__(self, source: Source) -> None:
        self.source, self.text = source, source.text
        self.said = Said(source.text)
        self._made: dict[int, Group | None] = {}

    @cached_property
    def traced(self) -> bool:
        """True where the document leaves a space more for an empty cell: between figures, for one."""
        return len(re.findall(r"(?m)^ \S.*\d(?: %)? {2,4}[\d-]", self.text)) > 1

    def at(self, i: int) -> Group | None:
        """The group that begins at an item, None where there is a grid or nothing."""
        if i not in self._made:
            self._made[i] = self._group(i)
        return self._made[i]

    def led(self, i: int) -> bool:
        """True where an item is a line that begins with a space, and no heading."""
        item = self.source.items[i] if i < len(self.source.items) else None
        if not isinstance(item, Line) or item.listed or self.text[max(0, item.start - 1) : item.start] != " ":
            return False
        return not is_title(self.text[item.start : item.end])

    def close(self, i: int) -> bool:
        """True where an item is a line right below another."""
        before, item = self.source.items[i - 1 : i + 1] if i else (None, None)
        if not isinstance(before, Line) or not isinstance(item, Line):
            return False
        between = self.text[before.end : item.start]
        return between.count("\n") == 1 and not between.strip()

    def _group(self, i: int) -> Group | None:
        """The lines from an item on with no blank line between. A sum begins a row, and where most lines begin with a
        space each is a row; else such a line begins with an empty cell."""
        items, end = self.source.items, i + 1
        if i >= len(items) or not isinstance(items[i], Line):
            return None
        while end < len(items) and self.close(end):
            end += 1
        led = [n for n in range(i, end) if self.led(n)]
        rows = len(led) > 2 and 2 * len(led) >= end - i
        end = next((n for n in led if n > i and (rows or TOTAL.match(self._words(n)))), end)
        lines = tuple(item for item in items[i:end] if isinstance(item, Line))
        return Group(i, end, lines, tuple(self._each(lines)), self.led(i))

    def _words(self, i: int) -> str:
        item = self.source.items[i]
        return self.text[item.start : item.end] if isinstance(item, Line) else ""

    def _each(self, lines: Sequence[Line]) -> Iterator[Word]:
        """The words of some lines."""
        for line in lines:
            before = ""
            for found in re.finditer(r"\S+", self.text[line.start : line.end]):
                start, word = line.start + found.start(), found[0]
                above = self.text[max(0, start - 12) : start]
                empties = len(above) - len(above.rstrip(" ")) - (before != "")
                common = word.strip("(),.;:").lower() in self.said.small
                times = _OF_TIME.match(word) is not None, _OF_DAYS.match(word) is not None
                rest = max(0, empties), common, self._bound(before, word), *times
                yield Word(word, _kind(word), start, start + len(word), not before, *rest)
                before = word

    def _bound(self, before: str, word: str) -> bool:
        """True where the document says two words together elsewhere too, the first small or not."""
        if not before[-1:].isalpha():
            return False
        ways = ((first, word.strip(",.") + end) for first in {before, before.lower()} for end in ("", ",", "."))
        return sum(self.said.pairs[way] for way in ways) > 1


def _kind(word: str) -> str:
    first = word.lstrip("+-−–±")[:1] or "9"
    return "9" if first.isdigit() else "C" if first.isupper() else "(" if first == "(" else "x"


def told(words: Sequence[Word]) -> str:
    """What a cell's words say, those made whole that a line's end tore."""
    text = ""
    for word in words:
        torn = word.breaks and text.endswith("-") and word.kind == "x" and word.text not in ("och", "eller", "samt")
        text = f"{text[:-1] if torn else f'{text} '}{word.text}" if text else word.text
    return text


def cell_of(text: str, words: Sequence[Word]) -> Cell:
    """A cell of so many words, a span a line."""
    firsts = [n for n, word in enumerate(words) if n == 0 or word.breaks]
    spans = tuple(Span(words[a].start, words[b - 1].end) for a, b in pairwise([*firsts, len(words)]))
    return cell_at(text, spans)


@lru_cache(maxsize=20000)
def form_of(words: str) -> Form:
    """What a cell's words are."""
    if YEAR.fullmatch(words):
        return "year"
    if FIGURE.fullmatch(words):
        return "figure"
    words = re.sub(r" \([^()]*\)$", "", words)
    if _RANGE.fullmatch(words):
        return "range"
    if _TIME.fullmatch(words):
        return "time"
    if not re.search(r"[^\W\d_]{2}", words):
        return "words" if _FOR_SHORT.fullmatch(words) else "none"
    if _NUMBERED.fullmatch(words):
        return "numbered"
    if re.fullmatch(VALUE, words):
        return "value"
    return "count" if _COUNT.fullmatch(words) else "words"


def line_cost(words: Sequence[Word], begin: int, end: int, early: float, late: float) -> float:
    """What it costs that a cell ends there: `late` where it wraps and ends within a line, which the rest of it has to
    itself, and `early` where it does not wrap and a line ends with it."""
    ends = end == len(words) or words[end].breaks
    if any(word.breaks for word in words[begin + 1 : end]):
        return 0.0 if ends else late
    return early if ends and end < len(words) else 0.0


def are_one_time(before: str, word: str, first: str) -> bool:
    """True where two words are parts of one time: "30 juni", "juni 2031", "Kvartal 3", but not "var fjärde vecka" and
    a figure; `first` is the word before them."""
    return (
        (re.fullmatch(r"\d{1,2}", before) is not None and re.match(rf"{_MONTHS}\b", word, re.IGNORECASE) is not None)
        or (re.search(rf"{_MONTHS}$", before, re.IGNORECASE) is not None and YEAR.fullmatch(word) is not None)
        or (_COUNTED.match(before) is not None and word[:1].isdigit() and not _EVERY.match(first))
    )


def are_opening_hours(before: str, word: str) -> bool:
    """True where two words are days and hours."""
    return _ENDS_IN_DAYS.fullmatch(before) is not None and re.match(_HOURS, word) is not None
