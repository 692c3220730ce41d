"""Labels that hold two or three columns' words ("Läxverkstan Läxhjälp i fem skolor"), parted where they part likeliest.

Nothing tells where a cell ends. But cells begin with a capital, most of all on a word that the document else writes
small, the same words stand in a column again and again, and a name stands elsewhere in the document without the words
beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from ingest.blocks import Block, Blocks
from ingest.columns import STREET, binds, dangling
from ingest.source import Cell, Row, Span
from ingest.values import TOTAL, folded

_LONGEST = 30  # words of a label
_MOST = 1.0  # what parting a label in two may cost, in the middle
_WORST = 3.0  # what parting any in two may cost
_APART = 4.0  # what it costs that no cell begins where blank lines set words apart
# Words that begin a cell though they are small, or a figure: what a price is per, when a place is open, which years.
_BEGINS_SMALL = re.compile(
    r"(?:mån|tis|ons|tors|fre|lör|sön|vard|dagl)[a-zåäö]*(?:[-–,].*)?$|(?:kr|kronor|tkr|mnkr|st|tim)/\w+$"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-–/](?:19|20)?\d\d)?$")


def parted_rows(blocks: Blocks, rows: Sequence[Row], count: int) -> list[Row] | None:
    """The rows with each label as `count` cells, up to one that doesn't part; None where too few do.

    A sum's label, and that of a row without values, stays whole.
    """
    whole = [bool(TOTAL.match(row.cells[0].text)) or not any(cell.text for cell in row.cells[1:]) for row in rows]
    words = [_words(row.cells[0], blocks.text) for row in rows]
    apart = {block.lines[0].start for block in blocks.items if isinstance(block, Block)} if blocks.apart else set()
    labels = [_Label(parts, apart) for parts, one in zip(words, whole, strict=True) if not one]
    cuts = iter(_cuts(labels, count, blocks) or ())
    if sum(not one for one in whole) < 2:
        return None
    parted: list[Row] = []
    for row, parts, one in zip(rows, words, whole, strict=True):
        label, *others = row.cells
        if one:
            parted.append(Row((label, *[Cell()] * (count - 1), *others), row.spans))
            continue
        found = next(cuts, ())
        if not found:
            break
        bounds = [0, *found, len(parts)]
        cells = [_cell(parts[a:b], blocks.text) for a, b in pairwise(bounds)]
        parted.append(Row((*cells, *others), row.spans))
    return parted if len(parted) > 1 and 4 * len(parted) > 3 * len(rows) else None


class _Label:
    """A label's words, and which of them begin what blank lines set `apart`, where a cell begins."""

    def __init__(self, parts: Sequence[tuple[str, Span]], apart: Set[int]) -> None:
        self.words = [word for word, _ in parts]
        self.begun = {n for n, (_, span) in enumerate(parts) if n and span.start in apart}


def _words(cell: Cell, text: str) -> list[tuple[str, Span]]:
    """A cell's words and where each stands."""
    return [
        (found.group(), Span(span.start + found.start(), span.start + found.end()))
        for span in cell.spans
        for found in re.finditer(r"\S+", text[span.start : span.end])
    ]


def _cell(parts: Sequence[tuple[str, Span]], text: str) -> Cell:
    spans: list[Span] = []
    for _, span in parts:
        if spans and "\n" not in text[spans[-1].end : span.start]:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return Cell(folded(" ".join(word for word, _ in parts)), tuple(spans))


def _cuts(labels: Sequence[_Label], count: int, blocks: Blocks) -> list[tuple[int, ...]] | None:
    """Before which words of each label a cell begins, none for one that doesn't part; None where too many do not part
    likely."""
    again = Counter(tuple(label.words[n:]) for label in labels for n in range(1, len(label.words)))
    firsts: Counter[tuple[int, str]] = Counter()
    found: list[tuple[float, tuple[int, ...]]] = []
    for _ in range(2):  # once more with what is known of the words that cells begin with
        found = [_cut(label, count, blocks, again, firsts) for label in labels]
        cuts = [(label.words, cut) for label, (_, cut) in zip(labels, found, strict=True)]
        firsts = Counter((n, kind) for words, cut in cuts for n, at in enumerate(cut) for kind in _kinds(words[at]))
    costs = sorted(cost for cost, _ in found)
    if not costs or costs[len(costs) // 2] > _MOST * (count - 1):
        return None
    return [cut if cost <= _WORST * (count - 1) else () for cost, cut in found]


def _cut(
    label: _Label,
    count: int,
    blocks: Blocks,
    again: Mapping[tuple[str, ...], int],
    firsts: Mapping[tuple[int, str], int],
) -> tuple[float, tuple[int, ...]]:
    """The likeliest words of a label before which a cell begins, and how unlikely that is."""
    words, begun = label.words, label.begun
    if not count <= len(words) <= _LONGEST:
        return 99.0, ()
    commons = [n for n in range(1, len(words)) if _stands_first(words, n, blocks)]
    best: tuple[float, tuple[int, ...]] = (99.0, ())
    for first in range(1, len(words) - count + 2):
        name = " ".join(words[:first])
        known = blocks.said.counted(name) > 1 and blocks.said.counted(f"{name} {words[first]}") == 1
        cost = (
            (first not in begun) * _begins(words, first, blocks, known) - 0.3 * known + _unlike(words[first], 0, firsts)
        )
        cost += 0.3 * (first == 1 and re.search(r"(?:en|et|an)$", words[0]) is not None)  # "Kvinnojouren Fyren"
        for last in range(first + 1, len(words)) if count > 2 else (first,):
            more = _APART * len(begun - {first, last})
            if count > 2:
                more += (last not in begun) * _begins(words, last, blocks) + _unlike(words[last], 1, firsts)
            more -= 1.2 * (again.get(tuple(words[last:]), 0) > 1)
            more += 1.2 * sum(n not in (first, last) for n in commons)
            if cost + more < best[0]:
                best = cost + more, (first, last)[: count - 1]
    return best


def _kinds(word: str) -> tuple[str, str]:
    """What is compared of the words that cells begin with: the word, and how it begins."""
    return word, "C" if word[:1].isupper() else "9" if word[:1].isdigit() else "x"


def _unlike(word: str, column: int, firsts: Mapping[tuple[int, str], int]) -> float:
    """How unlike a word is those that the other cells of a column begin with."""
    itself, kind = _kinds(word)
    most = max((firsts.get((column, each), 0) for each in "C9x"), default=0)
    return 1.0 * (firsts.get((column, kind), 0) < most) - 0.4 * (firsts.get((column, itself), 0) > 1)


def _begins(words: Sequence[str], n: int, blocks: Blocks, known: bool = False) -> float:
    """How unlikely a cell begins at a word, after words that are known as a name or not."""
    word, before = words[n], words[n - 1]
    cost = (
        4.0
        if (dangling(f" {before}") and not known) or " ".join(words[:n]).count("(") > " ".join(words[:n]).count(")")
        else 0.0
    )
    if word[:1].isupper():
        cost += 2.0 * (word in ("AB", "HB")) + 0.4 * (before in ("AB", "HB"))  # goes on in a company's name
        alone = n + 1 == len(words) or not words[n + 1][:1].islower()
        cost += 1.5 * binds(before)
        return cost + (0.0 if _stands_first(words, n, blocks) else 0.6 + 0.2 * alone)
    if _BEGINS_SMALL.match(word) or (n == len(words) - 1 and _YEARS.match(word)):
        return cost + 0.2
    return cost + 4.0


def _stands_first(words: Sequence[str], n: int, blocks: Blocks) -> bool:
    """True for a word with a capital that the document else writes small, and for a street with its number."""
    word = words[n]
    street = n + 1 < len(words) and words[n + 1].isdigit() and STREET.search(word) is not None
    return word[:1].isupper() and (street or word.strip("(),.;:").lower() in blocks.said.small)
