"""Page furniture: what stands on every page and belongs to none of the text. It tells the page numbers on its way out.

Text files keep headers and footers only where the extraction left them, so a page is known from its printed number
until the next page break, and nowhere else: a number is never interpolated.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import spaced
from ingest.goal_columns import header_in
from ingest.ladder import without_label
from ingest.source import Grid, Line, Page, Source
from ingest.values import folded

_PRINTED = re.compile(
    r"^(?:.{0,60}\b)?(?:sid(?:a|an)?\.?|page)\s*(\d{1,4})\s*(?:\(\s*\d+\s*\)|av \d+|/ ?\d+|of \d+)?$", re.I
)
_OUT_OF = re.compile(r"^(\d{1,4})\s*(?:\(\s*\d{1,4}\s*\)|av \d{1,4}|/\s?\d{1,4})$")
_HEADED = re.compile(r"^(?P<head>\S.{1,80}?) ?\b(?P<label>\d{1,4}) ?(?:\(|av |/ ?)(?P<count>\d{1,4})\)?$")
# A running head or foot that ends or begins in the page's number, and names the plan or whose it is.
_RUNNING = re.compile(
    r"^(?P<head>\S.{8,90}?)[ |·•–-]+(?P<label>\d{1,3})$|^(?P<first>\d{1,3})[ |·•–-]+(?P<tail>\S.{8,90})$"
)
_BARE = re.compile(r"(?:[-–—] ?)?(\d{1,3})(?: ?[-–—])?$")
_OF_PLAN = re.compile(
    r"(?:plan|budget|nämnd(?:en)?|styrelsen?|förvaltning(?:en)?|avdelning(?:en)?|kommun|stad|region)\b", re.IGNORECASE
)
_ENTRY = re.compile(r"^(.{2,140}?) ?(?:\.{3,}|(?:\. ){4,}|…{2,}|_{4,}) ?(\d{1,4})$")
_SHORT_LEADER = re.compile(r"^(\S.{1,140}?) (?:\. ?){1,3}(\d{1,4})$")  # there is room for no more before the page
_PAGED = re.compile(r"^(\S.{1,140}?) (\d{1,3})$")  # an entry without leaders
_CONTENTS = re.compile(r"innehåll(?:sförteckning)?:?", re.IGNORECASE)
_CHAPTER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.? ")
_BESIDE_NUMBER = re.compile(
    r"^(?:tjänsteutlåtande|[\w-]+(?:\.[\w-]+)*\.[a-zåäö]{2,10}(?:/\S*)?|dnr\b.{0,40}|diarienummer\b.{0,40})$", re.I
)


def without_furniture(source: Source) -> Source:
    """The source with its running headers and footers and its list of contents taken out, and its pages numbered where
    they show it."""
    if not source.items:
        return source
    words = [_words(source, item) for item in source.items]
    contents = _contents(source, words)
    if source.pages:
        source = _with_levels(source, _headings(words, contents))
        return _without(_repeated_out(source), {source.items[i] for i in contents})
    return _numbered_by_print(source, words, contents)


def printed_label(words: str) -> str | None:
    """The page label in a header or footer line ("Sid 16 (88)" → "16"), None where it is none."""
    found = _PRINTED.match(words) or _OUT_OF.match(words)
    return found[1] if found else None


def _without(source: Source, out: set[Line | Grid]) -> Source:
    return replace(source, items=tuple(item for item in source.items if item not in out)) if out else source


# The list of contents


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of a list of contents: the title and page it gives, and how far it is set in."""

    title: str
    page: int | None
    indent: int


@dataclass(frozen=True, slots=True)
class _Heading:
    """A title of the list of contents in the text: from which item to before which it stands, and its entry."""

    first: int
    end: int
    entry: _Entry


def _contents(source: Source, words: Sequence[str]) -> dict[int, _Entry | None]:
    """The lines of a list of contents and their entries, None for a line that gives no page."""
    found: dict[int, _Entry] = {}
    for i, line in enumerate(words):
        if entry := _ENTRY.match(line):
            found[i] = _Entry(entry[1].strip(), int(entry[2]), _indent(source, i))
    if len(found) < 3:
        found = _unled(source, words)
    if len(found) < 3:
        return {}
    for i, j in pairwise(sorted(found)):
        for k in range(i + 1, j if j - i <= 3 else i):
            entry = _SHORT_LEADER.match(words[k])
            if entry and (found[i].page or 0) <= int(entry[2]) <= (found[j].page or 0):
                found[k] = _Entry(entry[1], int(entry[2]), _indent(source, k))
    lines: dict[int, _Entry | None] = dict(found)
    for i, j in pairwise(sorted(found)):
        if j - i <= 3:  # a title that wraps
            title = " ".join([*words[i + 1 : j], found[j].title])
            lines |= dict.fromkeys(range(i + 1, j)) | {j: replace(found[j], title=title)}
    first = min(found)
    if first and _CONTENTS.fullmatch(words[first - 1]):
        lines[first - 1] = None
    return lines


def _indent(source: Source, i: int) -> int:
    start = source.items[i].start
    return start - source.text.rfind("\n", 0, start) - 1


def _unled(source: Source, words: Sequence[str]) -> dict[int, _Entry]:
    """The entries under "Innehåll" that have no leaders: lines that end in a page no lower than the one before, or have
    no page and stand again further down."""
    start = next((i + 1 for i, line in enumerate(words) if _CONTENTS.fullmatch(line)), len(words))
    found: dict[int, _Entry] = {}
    page, last = 0, start
    for i in range(start, len(words)):
        entry = _PAGED.match(words[i])
        if entry and page <= int(entry[2]):
            page, last = int(entry[2]), i
            found[i] = _Entry(entry[1], page, _indent(source, i))
        elif i - last > 2:
            break
    if len(found) > 2:
        return found
    places = {without_label(line).casefold(): i for i, line in enumerate(words)}
    end = next((i for i in range(start, len(words)) if places[without_label(words[i]).casefold()] <= i), start)
    return {i: _Entry(words[i], None, _indent(source, i)) for i in range(start, end)}


def _headings(words: Sequence[str], contents: Mapping[int, _Entry | None]) -> list[_Heading]:
    """Where in the text the titles of the list of contents stand, in order."""
    found: list[_Heading] = []
    plain = [_plain(line) for line in words] if contents else []
    if not any(entry and _CHAPTER.match(_plain(entry.title)) for entry in contents.values()):
        plain = [re.sub(r"^[\d.]+ ", "", line) for line in plain]  # the text may number what the list does not
    at = max(contents, default=0) + 1
    for _, entry in sorted(contents.items()):
        for i in range(at, len(words)) if entry else ():
            if entry and (size := _title_lines(plain, i, _plain(entry.title))):
                found.append(_Heading(i, i + size, entry))
                at = i + 1
                break
    return found


def _plain(title: str) -> str:
    """A title to compare: its number and words without the label and the case, which one of the two may lack."""
    return re.sub(r"^([\d.]*\d)\. ", r"\1 ", without_label(title)).casefold()


def _title_lines(words: Sequence[str], i: int, title: str) -> int:
    """How many lines from place `i` on are a title, which may wrap where it is long; 0 where they are not."""
    if words[i] == title:
        return 1
    if len(words[i]) <= 20 or not title.startswith(words[i]):
        return 0
    if i + 1 < len(words) and not words[i + 1]:
        return 0  # a label, and no more of the title
    whole = [" ".join(filter(None, words[i : i + size])) for size in (2, 3)]
    return next((size for size, joined in enumerate(whole, 2) if joined == title), 2 * title.startswith(whole[0]))


def _with_levels(source: Source, headings: Sequence[_Heading]) -> Source:
    """The source with its headings' depth as the list of contents sets them in or numbers them, else unchanged."""
    indents = {indent: n for n, indent in enumerate(sorted({heading.entry.indent for heading in headings}), 1)}
    titles = ((heading.entry.title, source.text[source.items[heading.first].start :]) for heading in headings)
    numbers = [_CHAPTER.match(listed) or _CHAPTER.match(set_) for listed, set_ in titles]
    depths = [indents[heading.entry.indent] for heading in headings]
    if len(indents) < 2:  # else an extraction that folded its spaces
        depths = [number[1].count(".") + 1 if number else 1 for number in numbers]
    items = list(source.items)
    for heading, depth in zip(headings, depths, strict=True):
        for i in range(heading.first, heading.end):
            item = items[i]
            if isinstance(item, Line):
                items[i] = replace(item, listed=depth if i == heading.first else 0)
    return replace(source, items=tuple(items))


# Printed page numbers


@dataclass(frozen=True, slots=True)
class _Mark:
    """A printed page number: the items it stands among from `first` to `last`, and whether its page's text comes before
    (a footer) or after (a header)."""

    first: int
    last: int
    label: str
    closes: bool
    opens: bool

    @property
    def number(self) -> int:
        return int(self.label)


def _numbered_by_print(source: Source, words: Sequence[str], contents: Mapping[int, _Entry | None]) -> Source:
    """Text without pages: a printed number opens or closes its page, and a heading's page stands in the contents."""
    headings = _headings(words, contents)
    source = _with_levels(source, headings)
    labels = _labels(words)
    beside = Counter((words[j], j - i) for i in labels for j in range(max(0, i - 3), min(len(words), i + 4)))
    everywhere = Counter(words)
    furniture = set(labels)
    for i in labels:
        for step in (-1, 1):  # the other lines of the same header: known by their form or their constant place
            j = i + step
            while 0 <= j < len(words) and abs(j - i) <= 3 and j not in labels and words[j]:
                places = [beside[words[j], d] for d in (range(1, 4) if step > 0 else range(-3, 0))]
                # Left and right pages may have the lines of their head in another order.
                times = max(beside[words[j], j - i], sum(n for n in places if n > 2))
                always = times > max(1, len(labels) / 4, everywhere[words[j]] / 2)
                always = always and len(words[j]) <= (60 if times <= len(labels) / 2 else 120)
                nowhere_else = max(2, len(labels) / 2) < times == everywhere[words[j]]
                always = always and (nowhere_else or not words[j][0].islower())  # the rest of a cell
                always = always and not header_in(words[j])  # a table's, which pages repeat too
                if not always and not _BESIDE_NUMBER.match(words[j]):
                    break
                furniture.add(j)
                j += step
    repeated = {words[i] for i in furniture if _BESIDE_NUMBER.match(words[i])}
    out = furniture | set(contents) | {i for i, line in enumerate(words) if line in repeated and i > min(labels)}
    items = tuple(item for i, item in enumerate(source.items) if i not in out)
    if not labels:
        return replace(source, items=items)
    marks = _marks(labels, furniture, len(words))
    told = {heading.first: page for heading in headings if (page := heading.entry.page) is not None}
    pages = _printed_pages(source, marks, told)
    return replace(source, items=items, pages=tuple(pages))


def _labels(words: Sequence[str]) -> dict[int, str]:
    """The lines that are or end in a printed page number, and the number.

    A number at the end of a running head ("Lerviks hamn 5 (28)") is one where others have the same head and the same
    count of pages.
    """
    labels = {i: label for i, line in enumerate(words) if (label := printed_label(line))}
    said = {i: int(label) for i, label in labels.items() if _PRINTED.match(words[i])}
    for i, label in list(labels.items()):
        if i not in said and any(j > i and later < int(label) for j, later in said.items()):
            del labels[i]  # "49 av 49" before "Sida 3" is a cell
    ended = {i: found for i, line in enumerate(words) if i not in labels and (found := _HEADED.match(line))}
    # Each page has a number of its own, as a reference ("Dnr 2023/655") has not.
    heads = Counter((head, count) for head, _, count in {found.groups() for found in ended.values()})
    labels |= {i: found["label"] for i, found in ended.items() if heads[found["head"], found["count"]] > 1}
    return labels | _running(words) | _counted(words)


def _counted(words: Sequence[str]) -> dict[int, str]:
    """The lines that are nothing but a page number: each is one more than the one before, and the same line, which
    stands nowhere else, comes right after or before them all, but for the last."""
    numbers = {i: int(found[1]) for i, line in enumerate(words) if (found := _BARE.match(line))}
    everywhere = Counter(words)
    for step in (1, -1):
        beside: dict[str, list[int]] = {}
        for i in numbers:
            if 0 <= i + step < len(words) and i + step not in numbers:
                beside.setdefault(words[i + step], []).append(i)
        for line, places in beside.items():
            pages = [numbers[i] for i in places]
            if len(pages) > 2 and everywhere[line] <= len(pages) + 1 and pages == [*range(pages[0], pages[-1] + 1)]:
                last = len(words) - 1
                places += [last] * (numbers.get(last) == pages[-1] + 1)
                return {i: str(numbers[i]) for i in places}
    return {}


def _running(words: Sequence[str]) -> dict[int, str]:
    """The lines of a running head without a count of pages, and their numbers: three at least, each with a higher one.

    Headings are numbered too ("Uppdrag 1"), but none of them stands more than once with the plan's name in it.
    """
    by_head: dict[str, list[tuple[int, str]]] = {}
    for i, line in enumerate(words):
        if (found := _RUNNING.match(line)) and _OF_PLAN.search(head := found["head"] or found["tail"]):
            by_head.setdefault(head, []).append((i, found["label"] or found["first"]))
    return {
        i: label
        for places in by_head.values()
        if len(places) > 2 and all(int(a) < int(b) for (_, a), (_, b) in pairwise(places))
        for i, label in places
    }


def _marks(labels: Mapping[int, str], furniture: set[int], count: int) -> list[_Mark]:
    """The printed numbers in order. Of two with no text between them the first is a footer and the second a header."""
    marks: list[_Mark] = []
    order = sorted(labels)
    ends_with = not any(i not in furniture for i in range(order[-1], count))
    alone = ends_with and not any(_meet(a, b, furniture) for a, b in pairwise(order))  # footers on every page
    for n, i in enumerate(order):
        follows = n > 0 and _meet(order[n - 1], i, furniture)
        leads = n + 1 < len(order) and _meet(i, order[n + 1], furniture)
        last = n + 1 == len(order) and ends_with
        cover = n == 0 and labels[i] == "1" and any(j not in furniture for j in range(i))
        closes = leads or last or cover or alone
        first, end = i, i
        while first - 1 in furniture and first - 1 not in labels and not (marks and first - 1 <= marks[-1].last):
            first -= 1
        while not leads and end + 1 in furniture and end + 1 not in labels:
            end += 1
        marks.append(_Mark(first, end, labels[i], closes and not (follows and not leads and not last), not closes))
    return marks


def _meet(i: int, j: int, furniture: set[int]) -> bool:
    """True where no text stands between two printed numbers."""
    return all(k in furniture for k in range(i + 1, j))


def _printed_pages(source: Source, marks: Sequence[_Mark], headings: Mapping[int, int]) -> Iterator[Page]:
    """What is certain of where pages begin and end; text between two numbers that may be of either is of none."""
    text, items = source.text, source.items

    def end_of(i: int) -> int:
        item = items[i]
        return item.end if isinstance(item, Line) else item.start

    apart = spaced(source)
    before: _Mark | None = None
    known = 0  # up to where in the text pages are told
    for n, mark in enumerate(marks):
        after = marks[n + 1] if n + 1 < len(marks) else None
        start, end = items[mark.first].start, end_of(mark.last)
        if mark.closes:
            begins = start
            whole = before.number + (not before.opens) == mark.number if before else mark.number == 1
            if whole:
                begins = known
            else:
                earlier = [i for i, page in headings.items() if page == mark.number and known <= items[i].start < start]
                begins = items[min(earlier)].start if earlier else start
            yield Page(mark.number, mark.label, begins, end)
            known = end
        if mark.opens:
            limit = items[after.first].start if after else len(text)
            if after and after.closes and after.number != mark.number:
                same = [i for i, page in headings.items() if page == mark.number and end <= items[i].start < limit]
                stop = end_of(max(same)) if same else end
            elif after and after.closes:
                stop = end  # the page goes on to its footer
            else:
                stop = _page_end(text, start, limit) if apart else limit
            if after is None or not after.closes or after.number != mark.number:
                yield Page(mark.number, mark.label, start, stop)
            known = stop if not (after and after.closes and after.number == mark.number) else start
        before = mark


def _page_end(text: str, start: int, limit: int) -> int:
    """Where a page whose number is printed ends: at the next page break that shows, or at `limit`.

    Where every line is followed by a blank one, a line that begins with a space right under another starts a page.
    """
    for found in re.finditer(r"\S[^\n]*\n (?=\S)", text[start:limit]):
        if found.end() > 200:  # the header's own lines come first
            return start + found.end() - 1
    return limit


def _words(source: Source, item: Line | Grid) -> str:
    return folded(source.text[item.start : item.end]) if isinstance(item, Line) else ""


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
