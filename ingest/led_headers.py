"""The headers of tables whose rows each begin with a space: their words divided into the names of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.columns import dangling, is_numeric, is_unit
from ingest.goal_columns import kind_of
from ingest.led_words import YEAR, Group, Groups, Word, cell_of, line_cost
from ingest.source import Cell
from ingest.typed_headers import are_common
from ingest.values import MONTHS, PART, TOTAL, folded, whole_name

MOST_COLUMNS = 10
_LONGEST, _LONGEST_NAME = 200, 8  # characters of a header, and words of a name
_ODDEST = 1.0  # what a header may cost
_NEAR = 0.4  # how much less likely than the likeliest another way to divide it may be
OF_TIME = re.compile(
    r"(?:Tid|Dag(?:ar)?\b|Period\b|När\b|Klart?\b|Slut|Start|Datum|Avtal|Annonseras|Besked|Öppe)"
    r"|\w+(?:start|slut|datum|tid|dag)\b"
)
_ASKS = re.compile(r"(?:Hur|När|Vad|Var|Vem|Vilk\w+)\b|\bav$")
_FIGURES = re.compile(rf"(?<![\d.,–-])\d[\d.,]*(?![\d–-]| (?:mån|år|(?:{'|'.join(month[:3] for month in MONTHS)})\b))")
_NO_HEADER = re.compile(r"[:;!]$|\d{4}-\d\d-\d\d|[a-zåäö]{3}\.$")
_OPEN_END = re.compile(r"(?:till|från|med|av|genom|för)$")  # how a whole name may end ("Leds av")


@dataclass(frozen=True, slots=True)
class LedName:
    """The name of a column, and its cell."""

    text: str
    cell: Cell


Header = tuple[list[LedName], float]  # the names of columns, and how unlikely they are


def may_head(group: Group) -> bool:
    """True where a group may be a header: no sentence, and no figures but those of years, days and ages, and one that
    numbers something."""
    text, figures = group.text, _figures(group)
    numbers = len(figures) == 1 and len(figures[0]) == 1 and len(group.lines) > 1
    return (
        text[:1].isupper()
        and len(text) < _LONGEST
        and len(group.words) > 2
        and (not figures or numbers)
        and not _NO_HEADER.search(text)
        and not TOTAL.match(text)
    )


def may_go_on(group: Group) -> bool:
    """True where a group may be names of columns: no sentence, and no figures but those of years."""
    return not _figures(group) and not _NO_HEADER.search(group.text) and not TOTAL.match(group.text)


def _figures(group: Group) -> list[str]:
    """The figures of a group that are no years, days or ages."""
    return [each for each in _FIGURES.findall(group.text) if not YEAR.fullmatch(each)]


def headers_of(groups: Groups, group: Group) -> list[Header]:
    """The likeliest ways to divide a header into names, each with another number of them: those by which a name that
    wraps has its lines to itself, or any where no such way is likely. None where no way is."""
    for late in (5.0, 0.5):
        found = _divided(groups, group.words, late)
        if found and found[0][1] <= _ODDEST:
            return [header for header in found if header[1] <= found[0][1] + _NEAR]
    return []


def is_known(groups: Groups, group: Group) -> bool:
    """True where a group is a header by its words alone."""
    names = next((names for names, _ in headers_of(groups, group) if len(names) > 2), None)
    if names is None:
        return False
    texts = [name.text for name in names]
    tell = [any((kind_of(text), is_numeric(text), OF_TIME.match(text), _ASKS.search(text))) for text in texts]
    common = sum(are_common(texts, groups.said.small))
    return 3 * common >= 2 * len(texts) and (any(tell) if len(group.lines) > 1 else 2 * sum(tell) >= len(texts))


def _divided(groups: Groups, words: Sequence[Word], late: float) -> list[Header]:
    """The ways to divide words into names, the likeliest for each number of them, likeliest first; a name that wraps
    and ends within a line costs `late`."""
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}  # place, names
    for end in range(1, len(words) + 1):
        for begin in range(max(0, end - _LONGEST_NAME), end):
            own = _odd(words, begin, end, late)
            for count in range(MOST_COLUMNS if own < 5 else 0):
                if (begin, count) in best:
                    cost, cuts = best[begin, count]
                    if (end, count + 1) not in best or cost + own < best[end, count + 1][0]:
                        best[end, count + 1] = cost + own, (*cuts, begin)
    found = []
    for count in range(2, MOST_COLUMNS + 1):
        cost, cuts = best.get((len(words), count), (0.0, ()))
        cells = [cell_of(groups.text, words[a:b]) for a, b in pairwise([*cuts, len(words)])] if cuts else []
        names = [LedName(whole_name(cell.text), cell) for cell in cells]
        texts = [name.text for name in names]
        if texts and len(set(texts)) == len(texts) and 2 * sum(are_common(texts, groups.said.small)) >= len(texts):
            years = [YEAR.match(text) is not None for text in texts]
            cost += 1.5 * (sum(years) == 1)  # years head columns beside one another
            found.append((names, 0.7 * cost))
    return sorted(found, key=lambda header: header[1])


def _odd(words: Sequence[Word], begin: int, end: int, late: float) -> float:
    """How unlikely words of a header are one name."""
    part = words[begin:end]
    name = folded(" ".join(word.text for word in part))
    first = part[0]
    if name.count("(") != name.count(")") or first.kind == "(" or any(word.empties for word in part[1:]):
        return 9.0
    cost = line_cost(words, begin, end, 0.5, late)
    if PART.match(name):
        cost += 0.5
    elif YEAR.fullmatch(first.text) and len(part) < 3:
        cost += 0.4
    elif first.kind != "C":
        cost += 2.0 if first.kind == "x" else 0.4 if YEAR.fullmatch(part[-1].text) else 1.0
    for before, word in pairwise(part):
        if word.kind == "C" and not before.text.endswith(("-", ":s")):
            cost += 2.0 if word.common else 1.0
        cost += 1.0 * (PART.match(word.text) is not None)
        cost += 0.6 * (YEAR.fullmatch(before.text) is not None and word.kind in "x9")
        cost -= 0.1 * (word.breaks and before.text.endswith(("-", ",")))
    years = sum(YEAR.fullmatch(word.text) is not None for word in part)
    cost += 4.0 * max(0, years - 1)  # each heads a column
    stops = end < len(words) and len(part) > 1 and dangling(f" {name}") and not _OPEN_END.search(name)
    return cost + 2.0 * stops + 2.0 * (begin > 0 and is_unit(name)) + 0.6 * max(0, len(part) - 5)
