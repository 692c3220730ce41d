"""Page furniture: what stands on every page and belongs to none of the text. It tells the page numbers on its way out.

Text files keep headers and footers only where the extraction left them, so a page is known from its printed number
until the next page break, and nowhere else: a number is never interpolated.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

from ingest.source import Grid, Line, Page, Source
from ingest.values import folded

_PRINTED = re.compile(
    r"^(?:.{0,60}\b)?(?:sid(?:a|an)?\.?|page)\s*(\d{1,4})\s*(?:\(\s*\d+\s*\)|av \d+|/ ?\d+|of \d+)?$", re.I
)
_OUT_OF = re.compile(r"^(\d{1,4})\s*(?:\(\s*\d{1,4}\s*\)|av \d{1,4}|/\s?\d{1,4})$")
_BESIDE_NUMBER = re.compile(
    r"^(?:tjänsteutlåtande|[\w-]+(?:\.[\w-]+)*\.[a-zåäö]{2,10}(?:/\S*)?|dnr\b.{0,40}|diarienummer\b.{0,40})$", re.I
)


def without_furniture(source: Source) -> Source:
    """The source with its running headers and footers taken out, and its pages numbered where they show it."""
    if not source.items:
        return source
    if source.pages:
        return _repeated_out(source)
    return _numbered_by_print(source)


def printed_label(words: str) -> str | None:
    """The page label in a header or footer line ("Sid 16 (88)" → "16"), None where it is none."""
    found = _PRINTED.match(words) or _OUT_OF.match(words)
    return found[1] if found else None


def _numbered_by_print(source: Source) -> Source:
    """Text without pages: printed numbers open a page, a page break (or the next number) closes it."""
    words = [_words(source, item) for item in source.items]
    labels = {i: label for i, line in enumerate(words) if (label := printed_label(line))}
    beside = Counter((words[j], j - i) for i in labels for j in range(max(0, i - 3), min(len(words), i + 4)))
    everywhere = Counter(words)
    furniture = set(labels)
    for i in labels:
        for step in (-1, 1):  # the other lines of the same header: known by their form or their constant place
            j = i + step
            while 0 <= j < len(words) and abs(j - i) <= 3 and j not in labels and words[j]:
                always = 1 < beside[words[j], j - i] == everywhere[words[j]] and len(words[j]) <= 60
                if not always and not _BESIDE_NUMBER.match(words[j]):
                    break
                furniture.add(j)
                j += step
    starts = [(source.items[i].start, label) for i, label in labels.items()]
    if not starts:
        return source
    ends = [start for start, _ in starts[1:]] + [len(source.text)]
    pages = [Page(int(label), label, start, _page_end(source.text, start, end))
             for (start, label), end in zip(starts, ends, strict=True)]  # fmt: skip
    items = tuple(item for i, item in enumerate(source.items) if i not in furniture)
    return replace(source, items=items, pages=tuple(pages))


def _words(source: Source, item: Line | Grid) -> str:
    return folded(source.text[item.start : item.end]) if isinstance(item, Line) else ""


def _page_end(text: str, start: int, limit: int) -> int:
    """Where a page whose number is printed ends: at the next page break that shows, or at `limit`.

    Where every line is followed by a blank one, a line that begins with a space right under another starts a page.
    """
    for found in re.finditer(r"\S[^\n]*\n (?=\S)", text[start:limit]):
        if found.end() > 200:  # the header's own lines come first
            return start + found.end() - 1
    return limit


def _repeated_out(source: Source) -> Source:
    """Real pages: a line that stands at the top or bottom of most pages is furniture; so is a lone page number."""
    by_page: list[list[int]] = [[] for _ in source.pages]
    starts = [page.start for page in source.pages]
    for i, item in enumerate(source.items):
        if isinstance(item, Line):
            by_page[max(0, bisect_right(starts, item.start) - 1)].append(i)
    edges: Counter[str] = Counter()
    edge_lines: list[tuple[int, str, int]] = []
    for page, indexes in enumerate(by_page):
        seen = set()
        for i in {*indexes[:4], *indexes[-3:]}:
            shape = re.sub(r"\d+", "#", _words(source, source.items[i]))
            edge_lines.append((i, shape, page))
            if shape not in seen:
                edges[shape] += 1
                seen.add(shape)
    enough = max(3, len(source.pages) // 2)
    out = set()
    labels: dict[int, str] = {}
    for i, shape, page in edge_lines:
        words = _words(source, source.items[i])
        label = printed_label(words)
        if label is None and words.isdigit() and edges[shape] >= min(2, len(source.pages)) and len(words) <= 4:
            label = words
        if label is not None or (edges[shape] >= enough and len(words) <= 120):
            out.add(i)
            if label is not None:
                labels.setdefault(page, label)
    pages = tuple(replace(page, label=page.label or labels.get(n)) for n, page in enumerate(source.pages))
    items = tuple(item for i, item in enumerate(source.items) if i not in out)
    return replace(source, items=items, pages=pages)
