"""Rows with words in several columns, told apart by what the cells of a column have in common.

A flattened row is one run of words: "Norra kajen Hamngatan 4, Lervik 72 platser Ada Lind". Nothing says where a cell
ends, but columns are alike from row to row (a street and its number, a count and what is counted, a first name and a
last), cells begin with a capital or a figure, and a capital on a word that the document elsewhere writes small is the
beginning of something. Of all ways to cut the lines after a header into rows and the rows into cells the likeliest is
taken: first by where cells may begin alone, then, a few times over, by how alike the cells of each column became.
"""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import Block, Blocks, Joined, header_again
from ingest.columns import STREET, Name, binds, dangling, is_numeric, is_title, is_unit, leads_number, words_of
from ingest.goal_columns import FORMS, FREE, VALUES, kind_of
from ingest.grids import FOOTNOTE
from ingest.ladder import is_rung
from ingest.responsible import is_role
from ingest.source import Cell, Row
from ingest.values import AMOUNT, MONTHS, PART, TOTAL, UNIT, mended, whole_name
from ingest.when import WHEN
from ingest.word_rows import clause_start

_NOUNS = frozenset(
    """adress antal ansvarig avdelning avgift avtal belopp beskrivning beslut bidrag bilaga chef dag datum dokument
    finansiering finansiär händelse syfte tillfälle uppgift uppgifter
    effekt enhet enheter funktion fastighet förening förskola förvaltning huvudfråga huvudfrågor innehåll insats
    kategori kommentar konsekvens kontakt kontaktperson e-post mejl kontroll kontrollmoment kvartal leverantör lokal
    lokaler löper mål målgrupp
    månad mötesdag namn nämnd när objekt omfattning område organisation ort period plats platser post pris
    process projekt resultatenhet resultatenheter risk riskområde råd roll sammanträde sannolikhet skola slut start
    status telefon tid tidplan tjänst typ vad var vecka vem
    verksamhet verksamhetsområde värde ålder åtgärd ägare ämne ändamål år årsarbetare""".split()  # noqa: SIM905
)
_ASKS = re.compile(r"(?:Hur|När|Vad|Var|Vem|Vilk\w+|För|Till|Från|Med|På|Inom)\b|\bav$")  # a column's name
_COMPOUND = re.compile(rf"\w{{3}}(?:{'|'.join(word for word in _NOUNS if len(word) > 4)})$")
_WEIGHTS = ((0.7, 6), (0.4, 7), (0.3, 5), (0.8, 20))  # of a cell's first word, last word, length, shape; how many kinds
_LONGEST, _LONGEST_WRAPPED = 6, 12  # blocks a row may have, and one whose wrapped cells stand alone on their lines
_OVER = 2.0  # what it costs that the words above a whole row are the row's, and no group's name
_WHOLE = 1.5  # what a row may cost, a column, to be thought whole
_TORN = 1.5  # what it costs to part two words that are said together
_MOST_HEADER = 14  # lines
_SMALL_AFTER = 3.0  # what it costs that a table ends where the line below goes on
_APART = 2.0  # what it costs that a cell goes on below a blank line with a capital
_TRACE = 5.0  # what it costs that a blank line which stands for an empty cell stands for none
_WITHIN = 4.0  # what it costs that a cell does not end where a block of several lines does, or that one begins within
_FARTHEST = 160  # blocks a table may have
_LONGEST_ROW = 180  # characters that a block of one may have
_FIRST = 16  # blocks that are read before anything is known of the columns
_GAIN = 1.0  # how much a row is worth, a column
_PROSE_GAIN = 1.5  # the same where one has sentences, which may be of any form
_SURE_GAIN = 4.0  # the same where the lines are known to be rows
_WRAPPED_GAIN = 2.0  # the same where a wrapped cell has its lines to itself
_SET_APART = 1.0  # how much more a reading is worth by which all of them are
_FURTHER = 0.8  # how much of what others have in common rows must have that go on where those end
_FEW = 3  # rows, fewer of which tell nothing
_ALIKE = 0.2  # how much a row must have in common with the others, a column
# Words that sentences have and labels have not.
_CLAUSE = frozenset(
    ("är", "var", "har", "hade", "ska", "skall", "kan", "kommer", "blir", "som", "att", "inte", "när", "om", "den",
     "det", "vi", "alla", "varje", "under", "där", "genom")
)  # fmt: skip
_VERBS = frozenset(("är", "var", "har", "hade", "ska", "skall", "kan", "kommer", "blir"))
_BINDING = frozenset(("och", "av", "för", "i", "med", "på", "till", "vid", "inom", "från", "eller", "samt", "under"))
_SENTENCES = re.compile(
    r"[a-zåäö%)]{2}\. (?=[A-ZÅÄÖ])|^(?:\S+ ){7,}\S*[a-zåäö]{2}\.$"
)  # two of them, or a long one's end
_TIME = re.compile(
    r"(?:Tid|Period\b|När\b|Klart?\b|Slut|Start|Datum|Månad|Annonseras)|\w+(?:start|slut|datum|tid)\b"
)  # a column's name
_OF_TIME = re.compile(
    r"^(?:Annonseras|Beslutas|Revideras|Redovisas|Inleds|Upphör|Löper|Gäller|Beslutat|Antagen)\b"
)  # the same
_MONTHS = "|".join(f"{month[:3]}(?:{month[3:]})?" if len(month) > 3 else month for month in MONTHS)
_MONTH = re.compile(
    rf"(?:{_MONTHS})(?:[-–/](?:{_MONTHS}))?$|(?:Vår|Sommar|Höst|Vinter)(?:en|n|terminen)?$|Helår$|Kvartal$|[Kk]v\.?$|Q[1-4]$",
    re.IGNORECASE,
)
_PERIODS = re.compile(r"(?:år|halvår|termin|tertial|kvartal|månad|vecka|dag)$")
_ENDS_IN_TIME = re.compile(rf" {WHEN}$", re.IGNORECASE)
_PHONE = re.compile(r"0\d{1,3}[-/]\d{2,3}$")  # the beginning of one
_LEADS_TIME = re.compile(
    r"(?:Klart?|Färdigt?|Från|Senast|Före|Innan|Till|Under|\w*flytt(?:ning)?|Start|Öppnar|Stängs)$"
)
_PROSE = re.compile(r"Vad\b|Kommentar|Beskrivning|Händelse|Förändring|Planering|Åtgärd|Innehåll")  # a column's name
_CLAUSAL = re.compile(r"Risk|Händelse|Hot\b|Problem|Brist|Utmaning|Konsekvens")  # the same, of the labels
_SAID_OF = re.compile(r"^[A-ZÅÄÖ]\w+(?:at|ad|ande|ende|lig|ligt)$")  # a column's name that lacks its noun
_PERSON = re.compile(r"(?:\w*[Cc]hef|\w*[Ll]edare|Namn|Ansvarig|Ägare|Kontakt)")  # a column's name
STARTS = re.compile(r"(?<=\S )(?:[A-ZÅÄÖ]|[-−–]?\d|[-−–] )")  # words that may begin a cell, but for the first
_DAY = re.compile(rf"\b\d{{1,2}}(?= (?:{_MONTHS})\b)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.? [A-ZÅÄÖ]")  # a numbered one
_COMPANY = frozenset(("AB", "HB", "KB"))  # how a company's name ends
_SECTION = re.compile(r"\d{1,2}\.\d{1,2}\.? [A-ZÅÄÖ]")  # one of more than one level
_NO_FIGURE = re.compile(r"[^\W\d_]{3}|\d{4}-\d\d-\d\d")
_AMOUNT = re.compile(rf"{AMOUNT}{UNIT}(?: per [a-zåäö]+)?\*{{0,2}}$")
_OF_TIMES = re.compile(rf"{FORMS['period']}|(?i:{FORMS['end']})")  # how often, when, or in which report


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    kind: str  # "C" with a capital, "x" small, "9" a figure, "D" a date, "M" a month, "-" a dash, "(" in brackets
    common: bool  # with a capital though the document writes it small elsewhere
    breaks: bool  # begins a line
    after: bool  # a cell may end before it: the word before does not dangle
    wide: bool  # stands after a gap as only columns that were laid out have


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its columns' names, the place after it, and whether its words alone tell that it is one, and not only
    that its lines and those below are set as rows."""

    names: list[Name]
    end: int
    sure: bool


def _heads(word: str) -> bool:
    """True for a word that tables have at the head of a column, or one made with it ("avtalsstart")."""
    return word in _NOUNS or _COMPOUND.search(word) is not None


def typed_header(blocks: Blocks, start: int) -> list[Header]:
    """The headers that may begin at place `start`.

    A header is a few short names, each beginning with a capital, on one line or a line each.
    """
    found: list[Header] = []
    words: list[str] = []
    heads: list[int] = []
    for size in range(1, 13):
        block = blocks.at(start + size - 1)
        if block is None or not _may_head(block, dangling(" ".join(words))):
            break
        after_whole = size > 1 and block.words[:1].isupper() and len(heads) >= size and not dangling(block.words)
        if after_whole and not all(len(part.lines) > 1 for part in blocks.run(start, start + size - 1)):
            break  # a name a line, or all on one, unless a name wraps, which ends its block
        words += [block.words[a:b] for a, b in words_of(block.words)]
        before, heads = len(heads), [n for n, word in enumerate(words) if word[:1].isupper()]
        if size > 1 and len(heads) - before > 1 and not after_whole:
            break  # a heading above another header
        plain = [words[n].lower().strip(",()*?") for n in heads]
        if not plain or len(heads) > 8:
            break
        whole = [" ".join(words[a:b]) for a, b in pairwise([*heads, len(words)])]
        amounts = [is_numeric(name) for name in whole]
        told = [amount or kind_of(name) is not None for name, amount in zip(whole, amounts, strict=True)]
        known = [_heads(word) or is_unit(word) or tells for word, tells in zip(plain, told, strict=True)]
        if len(heads) < 2 or (whole[0] != "Mål" and kind_of(whole[0]) in VALUES):
            continue  # no table lists values ("Mål" may be goals in words)
        others = [word for word, tells in zip(plain, told, strict=True) if not tells]
        sure = known[0] or sum(known) >= len(heads) - 1 or len(heads) > 3
        sure = sure and sum(known) * 2 >= len(heads) and (len(heads) > 3 or _nouns(others, blocks.said.small))
        rows = size > 1 and _are_rows(blocks, start + size, len(heads))
        apart = blocks.are_set_apart(start, start + size + 2) and (size == 1 or rows)
        common = are_mostly_common(are_common(whole, blocks.said.small)) or _holds_figures(
            blocks, start + size, len(heads)
        )
        goes_on = bool(found) and dangling(block.words)  # "Nytt avtal från" below a header is its last name
        if (after_whole and not all(known)) or (not sure and not (apart and common) and not goes_on):
            continue
        names = [Name(whole_name(" ".join(words[a:b])), tuple(range(a, b))) for a, b in pairwise([*heads, len(words)])]
        if len({name.text for name in names}) == len(names) and all(len(name.words) <= 5 for name in names):
            if rows or goes_on:
                return [Header(names, start + size, sure)]
            found.append(Header(names, start + size, sure))
            if size == 1 and (wrapped := _wrapped(blocks, start, names)):
                return [Header(wrapped, start + 2, sure)]
    return found


def _wrapped(blocks: Blocks, start: int, names: Sequence[Name]) -> list[Name] | None:
    """A header's names, the one that goes on below it made whole: a unit below a name that stops short ("Belopp 2031,"
    and "mnkr"), or a noun below what is said of it ("Beräknat" and "värde"). None where no such word stands there."""
    below = blocks.at(start + 1)
    words = below.words if below else ""
    unit = is_unit(words)
    if not unit and words not in _NOUNS:
        return None
    stops = [n for n, name in enumerate(names) if name.text.endswith(",") or (not unit and _SAID_OF.search(name.text))]
    if len(stops) != 1:
        return None
    count = sum(len(name.words) for name in names)
    at = stops[0]
    whole = Name(f"{names[at].text} {words}", (*names[at].words, *range(count, count + len(words.split()))))
    return [*names[:at], whole, *names[at + 1 :]]


def _nouns(words: Sequence[str], small: frozenset[str]) -> bool:
    return all(_heads(word) or word in small or is_unit(word) for word in words)


def are_common(names: Sequence[str], small: frozenset[str]) -> list[bool]:
    """Which names are common nouns, or ask something ("Leds av"): such words else have a capital only where something
    begins. None of them where one is a month, which is a cell's."""
    if any(_MONTH.match(name.split()[0].strip(",")) for name in names):
        return [False] * len(names)
    heads = [_noun(name).lower().strip(",()*?") for name in names]
    return [
        word in small
        or _heads(word)
        or is_numeric(name)
        or kind_of(name) is not None
        or any(form.search(name) for form in (_ASKS, _OF_TIME))
        for name, word in zip(names, heads, strict=True)
    ]


def _noun(name: str) -> str:
    """The word that tells what a name names: its first, or the one after what is said of it ("Nuvarande avtal")."""
    first, *more = name.split()
    return more[0] if more and _SAID_OF.search(first) else first


def are_mostly_common(common: Sequence[bool]) -> bool:
    """True where enough of the names are common for them to be a header."""
    return sum(common) >= max(2, 0.6 * len(common)) and (common[0] or all(common[1:]))


def _are_rows(blocks: Blocks, start: int, count: int) -> bool:
    """True where the lines from place `start` on each have words or figures that may begin each of the cells."""
    starts = [len(STARTS.findall(block.words)) for block in blocks.run(start, start + 3)]
    return all(each >= count - 1 for each in starts)


def _holds_figures(blocks: Blocks, start: int, count: int) -> bool:
    """True where the lines from place `start` on each end in a figure for each of the columns but the first."""
    figures = re.compile(rf"[^\W\d_].*(?: {AMOUNT}){{{count - 1}}}$")
    return count > 2 and all(figures.search(block.words) for block in blocks.run(start, start + 2))


def _may_head(block: Block, goes_on: bool) -> bool:
    words = block.words
    if (
        len(words) > 90
        or not (words[:1].isupper() or goes_on or re.fullmatch(r"(?:19|20)\d\d", words))
        or re.search(r"[.:;!]$|\.\.", words)
        or is_title(words)
        or words.count("?") == 1  # a header asks more than one thing ("Vad? Vem?")
    ):
        return False
    undated = re.sub(r"\d{4}-\d\d-\d\d", "", words)
    return not re.search(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d", undated)  # no figures but years and days


def typed_rows(
    blocks: Blocks, header: Header, words: Sequence[str], ends: Callable[[int], bool]
) -> tuple[list[Row], int, float] | None:
    """The rows of cells under a header, the place after them and how much they have in common.

    `words` are the header's words, a string a block; `ends` tells of a place that another table begins there. None
    where there are fewer than three rows, or where they have too little in common.
    """
    places = _places(blocks, header.end, tuple(words), len(header.names), ends)
    names = [name.text for name in header.names]
    best: tuple[list[Row], int, float] | None = None
    if paragraph := _paragraph(blocks, header.end, places):
        table = _Table(paragraph, blocks, names)
        found = table.reading(long=False, lone=True, whole=True)
        if found and found[1] > 0.0 and _may_be(rows := table.rows(found[0])):
            best = rows, paragraph[-1] + 1, found[1] + _SET_APART
        for long in () if best else (False, True):  # rows that wrap
            found = table.reading(long, lone=False)
            if found and found[0][-1].end == len(paragraph) and found[1] > max(0.0, best[2] if best else 0.0):
                rows = table.rows(found[0])
                best = (rows, paragraph[-1] + 1, found[1]) if _tell(rows) else best
    if not header.sure:
        places = places[: next((n for n, at in enumerate(places) if not blocks.meant(at, at + 1)), None)]
    before_prose = places[: _prose_at(blocks, places)]
    of_lines = blocks.are_set_apart(header.end - 1, header.end + 2)
    for within in (before_prose, places) if len(before_prose) < len(places) else (places,):
        if len(within) < 3:
            continue
        table = _Table(within, blocks, names)
        ways = [(long, lone) for lone in (True, False) if header.sure or lone for long in (False, True)]
        for long, lone in ways:
            found = table.reading(long, lone) if of_lines or not lone else None
            rows = table.rows(found[0]) if found and found[1] > 0.0 else []
            if not found or not rows or not _may_be(rows):
                continue
            further = best is not None and _goes_further(rows, best[0]) and found[1] > _FURTHER * best[2]
            if best is None or further or found[1] > best[2]:
                best = rows, within[found[0][-1].end - 1] + 1, found[1]
    return best


def _goes_further(rows: Sequence[Row], others: Sequence[Row]) -> bool:
    """True where rows are the same as others, but for the last of these, and go on after it."""
    same = len(others) - 1
    return (
        len(rows) >= len(others) + _FEW
        and same >= _FEW
        and [row.cells for row in rows[:same]] == [row.cells for row in others[:same]]
    )


def wrapped_rows(blocks: Blocks, start: int) -> tuple[list[Name], int, list[Row], int, float] | None:
    """The table whose header begins at a place and which fills all lines up to a blank one, its cells one after another
    on a line, but that a cell of several lines has them to itself: its columns' names, the place after its header, its
    rows, the place after them, and how much these have in common. None where none is."""
    end = start
    while (block := blocks.at(end)) is not None and (end == start or not blocks.blank(end)):
        if block.lines[0].listed or len(block.lines) > 1 or is_title(block.words) or end - start > _FARTHEST:
            break
        if end > start and blocks.page_before(end) and (_HEADING.match(block.words) or not blocks.meant(end, end + 1)):
            break
        end += 1
    if end - start < 4 or not blocks.are_mostly_meant(start, end - 1):
        return None
    best: tuple[list[Name], int, list[Row], int, float] | None = None
    for size in range(1, min(_MOST_HEADER, end - start - 2) + 1):
        last = blocks.run(start + size - 1, start + size)[0]
        if size > 1 and not _may_head(replace(last, words=_DAY.sub("", last.words)), goes_on=True):
            break
        names = _wrapped_names(blocks, start, size)
        if names is None or not 2 < len(names) < 9:
            continue
        head = tuple(b.words for b in blocks.run(start, start + size))
        places = _places(blocks, start + size, head, len(names), lambda at: False)
        places = [place for place in places if place < end]
        if not places or places[-1] != end - 1 or _prose_at(blocks, places) < len(places):
            continue
        table = _Table(places, blocks, [name.text for name in names])
        found = table.reading(long=False, lone=False, wrapped=True)
        if not found or found[0][-1].end != len(places) or any(len(cut.cells) < 2 for cut in found[0]):
            continue
        rows = table.rows(found[0])
        worth = found[1] * _common(names, blocks) ** 2
        if _tell(rows) and worth > (best[4] if best else 0.0):
            best = names, start + size, rows, end, worth
    return best


def _common(names: Sequence[Name], blocks: Blocks) -> float:
    """The share of names that are common nouns, years or amounts'."""
    whole = [name.text for name in names]
    common = zip(are_common(whole, blocks.said.small), whole, strict=True)
    return sum(each or _YEAR.fullmatch(name) is not None or is_numeric(name) for each, name in common) / len(whole)


def _wrapped_names(blocks: Blocks, start: int, size: int) -> list[Name] | None:
    """The names of a header of so many lines, a wrapped one alone on its lines; None where it can't be one."""
    starts: list[int] = []
    words: list[str] = []
    wraps = False  # the last name goes on from the line above
    for n, block in enumerate(blocks.run(start, start + size)):
        line = [block.words[a:b] for a, b in words_of(block.words)]
        first, words = len(words), [*words, *line]
        part = PART.match(block.words) is not None and wraps
        begins = part or line[0][:1].isupper()
        if n and not begins:
            wraps = True
            if any(word[:1].isupper() for word in line[1:]):
                return None
            continue
        if n and not wraps:
            return None  # another name would stand on the line above
        years = [_YEAR.fullmatch(word) is not None for word in line]
        beside = [a and b for a, b in pairwise([*years, False])]  # "2030 2031" are two names, "Budget 2031" is one
        starts += [
            first + k
            for k, word in enumerate(line)
            if (k == 0 and begins) or word[:1].isupper() or beside[k] or (k > 0 and beside[k - 1])
        ]
        wraps = False
    if not starts or starts[0] != 0:
        return None
    names = [
        Name(whole_name(mended("\n".join(words[a:b]))), tuple(range(a, b))) for a, b in pairwise([*starts, len(words)])
    ]
    whole = [name.text for name in names]
    if len(set(whole)) < len(whole) or any(len(name.words) > 7 for name in names) or dangling(whole[-1]):
        return None
    return names if _common(names, blocks) > 0.6 else None


def _may_be(rows: Sequence[Row]) -> bool:
    """True where rows are not of figures alone, or lack none: nothing here tells which figure a row lacks."""
    return _tell(rows) or not any(map(_lacks_figures, rows))


def _lacks_figures(row: Row) -> bool:
    """True where a row, which is no sum and names no group, lacks some of its cells."""
    cells = [bool(cell.text) for cell in row.cells[1:]]
    return any(cells) and not all(cells) and not TOTAL.match(row.cells[0].text)


def _tell(rows: Sequence[Row]) -> bool:
    """True where rows have words or days in more than the first column: figures alone are told apart by what they add
    up to."""
    columns = list(zip(*([cell.text for cell in row.cells] for row in rows), strict=True))
    return any(2 * sum(_NO_FIGURE.search(text) is not None for text in texts) > len(rows) for texts in columns[1:])


def _paragraph(blocks: Blocks, start: int, places: Sequence[int]) -> Sequence[int]:
    """The places that are rows as far as the lines tell: up to a blank line where none stands under the header, else up
    to the first full line of prose or a numbered heading. None where the lines are not set as rows, or where what comes
    after may be a row too."""
    before, first = blocks.at(start - 1), blocks.at(start)
    if before is None or first is None or not places:
        return []
    if blocks.blank(start):
        full = (n for n, at in enumerate(places) if not blocks.meant(at, at + 1) or _HEADING.match(_words(blocks, at)))
        end = next(full, 0)
        prose = [_words(blocks, at) for at in places[end : end + 2]]
        if not _HEADING.match(prose[0]) and not (len(prose) > 1 and prose[1][:1].islower()):
            return []
    else:
        end = next((n for n, at in enumerate(places[1:], 1) if blocks.blank(at)), len(places))
    if end < 2 or not blocks.are_set_apart(start - 1, places[end - 1]) or _prose_at(blocks, places[:end]) < end:
        return []
    after = places[end - 1] + 1
    if (block := blocks.at(after)) is None or block.lines[0].listed or TOTAL.match(_words(blocks, places[end - 1])):
        return places[:end]  # nothing comes after a sum
    goes_on = blocks.meant(after, after + 1) and STARTS.search(block.words) and not _HEADING.match(block.words)
    return [] if goes_on else places[:end]


def _words(blocks: Blocks, at: int) -> str:
    return blocks.run(at, at + 1)[0].words


def _prose_at(blocks: Blocks, places: Sequence[int]) -> int:
    """How many of the places come before a paragraph of prose: the first words of several sentences, or a sentence's
    end after lines that are as long. A table that has sentences from its first rows on has none."""
    words = [blocks.run(place, place + 1)[0].words for place in places]
    first = next((n for n, each in enumerate(words) if _SENTENCES.search(each)), len(words))
    if first < 3 or (first == len(words)):
        return len(words)
    while first > 3 and len(words[first - 1]) > 0.75 * len(words[first]) and words[first - 1][-1:].islower():
        first -= 1
    return first


def _places(
    blocks: Blocks, start: int, header: tuple[str, ...], columns: int, ends: Callable[[int], bool]
) -> list[int]:
    """The places of the blocks that may belong to a table of so many columns, the header left out where a page repeats
    it."""
    places: list[int] = []
    at = start
    while len(places) < _FARTHEST and (block := blocks.at(at)) is not None:
        if again := header_again(blocks, at, header):
            at += again
            continue
        if FOOTNOTE.match(block.words) or is_rung(block.words) or len(block.words) > _LONGEST_ROW or ends(at):
            break
        numbered = _HEADING.match(block.words) and not any(_HEADING.match(_words(blocks, place)) for place in places)
        if numbered and places and 2 * (1 + len(STARTS.findall(_words(blocks, places[-1])))) < columns:
            numbered = False  # the row above it has more cells
        if (
            block.lines[0].listed
            or is_title(block.words)
            or (numbered and len(places) > 2 and (blocks.blank(at) or _SECTION.match(block.words)))
        ):
            break  # a heading
        places.append(at)
        at += 1
    return places


@dataclass(frozen=True, slots=True)
class _Cut:
    """A row, from its first block to before `end`: where each cell's words are; one cell where it names a group."""

    start: int
    end: int
    cells: tuple[tuple[int, int] | None, ...]
    cost: float


class _Table:
    """The words after a header, and what the cells of each column are known to be like."""

    def __init__(self, places: Sequence[int], blocks: Blocks, names: Sequence[str]) -> None:
        self.places, self.blocks, self.count = places, blocks, len(names)
        self.expected = [_expected(name) for name in names]
        self.names = names
        self.amounts = [is_numeric(name) and not _PROSE.match(name) and not _PERSON.match(name) for name in names]
        self.forms = [_OF_TIMES if kind_of(name) in ("period", "start", "end") else None for name in names]
        self.persons = [_PERSON.match(name) is not None for name in names]
        self.worded = [kind_of(name) in FREE for name in names]
        ends = [_ENDS_IN_TIME.search(blocks.run(place, place + 1)[0].words) is not None for place in places[:_FIRST]]
        self.narrow = [
            amount or bool(_TIME.match(n) or _PERSON.match(n)) for amount, n in zip(self.amounts, names, strict=True)
        ]
        timed = any(map(_TIME.match, names[1:])) or 2 * sum(ends[: len(ends) // 2]) > len(ends) // 2
        self.words: list[_Word] = []
        self.below: set[int] = set()  # the words below a block's first line, the rest of the cell that ends the block
        self.over: set[int] = set()  # after which words such a cell has ended
        self.at: list[tuple[int, int]] = []  # where each stands
        self.firsts: list[int] = []  # for each block its first word
        self.blanks: dict[int, int] = {}  # after which words blank lines stand for empty cells, and how many
        for place in places:
            if self.words and (blanks := blocks.run(place - 1, place)[0].blanks if blocks.traced else 0):
                self.blanks[len(self.words) - 1] = blanks
            self.firsts.append(len(self.words))
            lines = blocks.run(place, place + 1)[0].lines
            for line in lines:
                words = list(re.finditer(r"\S+", blocks.text[line.start : line.end]))
                for n, found in enumerate(words):
                    wide = n > 0 and found.start() - words[n - 1].end() > 2
                    self.at.append((line.start + found.start(), line.start + found.end()))
                    before = self.words[-1] if self.words else None
                    self.words.append(_word(found.group(), blocks.said.small, timed, not n, before, wide))
                self.below.update(range(len(self.words) - len(words), len(self.words)) if line is not lines[0] else ())
            self.over.update({len(self.words) - 1} if len(lines) > 1 else ())
        self.firsts.append(len(self.words))
        if places and (blanks := blocks.run(places[-1], places[-1] + 1)[0].blanks):
            self.blanks[len(self.words) - 1] = blanks
        self.words = _bound(_with_times(self.words) if timed else self.words)
        self.clausal = _CLAUSAL.match(names[0]) is not None
        self.first = "C9D" if _TIME.match(names[0]) else "C9"  # how a row may begin
        self.prose = self.count > 1 and _PROSE.match(names[1]) is not None
        self.begins: dict[tuple[int, bool], float] = {}
        self.clauses: dict[int, int | None] = {}
        self.ends: dict[int, int | None] = {}
        self.gaps = ["", *(self._gap(a, b) for a, b in pairwise(places))]
        # The lines of a cell stand together where blank ones set cells apart.
        far = {
            first for first, gap in zip(self.firsts, self.gaps, strict=False) if blocks.apart and gap in ("one", "more")
        }
        self.inside = [0.0]  # what it costs that words go on in the cell of the word before, summed up
        for n, (one, other) in enumerate(pairwise(self.words)):
            self.inside.append(self.inside[-1] + _inside(one, other, timed) + _TRACE * (n in self.blanks))
            self.inside[-1] += _APART * (n + 1 in far and other.kind == "C" and other.after)
        self.uneven = {"none", "one"} <= set(self.gaps)  # blank lines stand between some of the lines
        self.overs = [0, *itertools.accumulate(n in self.over for n in range(len(self.words)))]
        self.long = self.lone = self.wrapped = self.parted = False
        self.gain = _GAIN
        self.voids = [self._voids(n) for n in range(len(self.words))]
        self.features: dict[tuple[int, int], tuple[str, ...]] = {}
        self.odd: dict[tuple[int, int, int], float] = {}
        self._forget()

    def reading(
        self, long: bool, lone: bool, whole: bool = False, wrapped: bool = False
    ) -> tuple[list[_Cut], float] | None:
        """The rows and how much they have in common, begun from `long` names or short ones where both will do; `lone`
        tells that each row is a block, `whole` that each block is a row, `wrapped` that all blocks are of rows and a
        cell of several lines ends with its last. Where blocks have several lines, rows come first by which each such
        block is the end of a cell, or begins as one."""
        self.long, self.lone, self.wrapped = long, lone, wrapped
        for parted in (True, False) if self.over and not lone else (False,):
            self.parted = parted
            found = self._read(whole, wrapped)
            within = [any(cell and cell[0] in self.below for cell in cut.cells) for cut in found[0]] if found else []
            if not parted or (found and 2 * sum(within) < len(within)):
                return found
        return None

    def _read(self, whole: bool, wrapped: bool) -> tuple[list[_Cut], float] | None:
        self.gain = _SURE_GAIN if whole else _WRAPPED_GAIN if wrapped else _PROSE_GAIN if self.prose else _GAIN
        self._forget()
        whole = whole or wrapped
        cuts = self.cuts(_FARTHEST if wrapped else _FIRST)
        for _ in range(4):
            if sum(len(cut.cells) > 1 for cut in cuts) < 2:
                return None
            self.learn(self._typical(cuts))
            before, cuts = cuts, self.cuts(_FARTHEST) if whole else self.alike(self.cuts(_FARTHEST))
            if [(cut.start, cut.cells) for cut in before] == [(cut.start, cut.cells) for cut in cuts]:
                break
        rows = [cut for cut in cuts if len(cut.cells) > 1]
        if len(rows) < (len(self.places) if whole and not wrapped else 3):
            return None
        self.learn(cuts)
        return cuts, sum(self.likeness(cut) for cut in rows) / len(rows) / self.count

    def _gap(self, a: int, b: int) -> str:
        """What stands between two blocks: nothing, a blank line, more; "" where a page ends."""
        before, after = self.blocks.run(a, a + 1)[0], self.blocks.run(b, b + 1)[0]
        if b != a + 1 or after.broken:
            return ""
        breaks = self.blocks.text.count("\n", before.lines[-1].end, after.lines[0].start)
        return "none" if breaks < 2 else "one" if breaks == 2 else "more"

    def _forget(self) -> None:
        self.kinds = [[Counter({kind: 2} if kind else {}) for kind in kinds] for kinds in self.expected]
        self.seen: tuple[Counter[str], Counter[str]] = (Counter(), Counter())  # gaps between rows, and inside them
        self.costs: dict[tuple[int, int, int], float] = {}
        self.likes: dict[tuple[int, tuple[str, ...], int], float] = {}

    def learn(self, cuts: Sequence[_Cut]) -> None:
        """Counts what the cells of each column are like, and what stands between rows and inside them."""
        self._forget()
        for cut in cuts:
            self.seen[0][self.gaps[cut.start]] += 1
            self.seen[1].update(self.gaps[cut.start + 1 : cut.end])
            if len(cut.cells) > 1:
                for column, cell in zip(self.kinds, cut.cells, strict=True):
                    for counter, feature in zip(column, self._features(cell), strict=True):
                        counter[feature] += 1

    def _features(self, cell: tuple[int, int] | None) -> tuple[str, ...]:
        if cell is None:
            return ("", "", "", "")
        if cell not in self.features:
            self.features[cell] = _features(self.words[slice(*cell)])
        return self.features[cell]

    def _unlike(self, column: int, cell: tuple[int, int] | None, own: int = 0) -> float:
        """How unlike the column's other cells a cell is, in comparison with any words: below 0 where it is like them.

        `own` is 1 where the cell itself is counted among them.
        """
        features = self._features(cell)
        key = column, features, own
        if key not in self.likes:
            cost = 0.0
            for counter, feature, (weight, kinds) in zip(self.kinds[column], features, _WEIGHTS, strict=True):
                seen, among = counter[feature] - own, counter.total() - own
                cost -= weight * math.log((seen + 0.5) / (among + 0.5 * kinds) * kinds)
            self.likes[key] = cost
        return self.likes[key]

    def likeness(self, cut: _Cut) -> float:
        """How much a row has in common with the others of its table, column by column."""
        like = -sum(self._unlike(n, cell, 1) for n, cell in enumerate(cut.cells) if cell)
        return like - 4.0 * (self.words[self.firsts[cut.start]].kind == "9")  # a row seldom begins with an amount

    def _typical(self, cuts: Sequence[_Cut]) -> list[_Cut]:
        """The rows that are like most others, to learn from: the rest may be cut wrongly."""
        self.learn(cuts)
        worth = [self.likeness(cut) if len(cut.cells) > 1 else math.inf for cut in cuts]
        middle = sorted(each for each in worth if each < math.inf)[sum(each < math.inf for each in worth) // 2]
        return [cut for cut, each in zip(cuts, worth, strict=True) if each >= 0.5 * middle]

    def alike(self, cuts: Sequence[_Cut]) -> list[_Cut]:
        """The first rows of those given, as many as have something in common: prose after a table has not."""
        self.learn(cuts)
        best, worth, kept = 0.0, 0.0, 0
        for n, cut in enumerate(cuts, 1):
            if len(cut.cells) > 1:
                worth += self.likeness(cut) - _ALIKE * self.count - 2 * self._gap_cost(0, self.gaps[cut.start])
                if worth > best:
                    best, kept = worth, n
        return list(cuts[:kept])

    def cuts(self, most: int) -> list[_Cut]:
        """The likeliest rows from the table's start on; they end where more would be less likely than none."""
        best: dict[int, tuple[float, _Cut | None]] = {0: (0.0, None)}
        top = (0.0, 0)
        for at in range(min(most, len(self.places))):
            if at > top[1] + 2 * (_LONGEST_WRAPPED if self.wrapped else _LONGEST):
                break
            if at not in best or (best[at][0] < top[0] - 10 and not (self.wrapped or self.parted)):
                continue
            worth, before = best[at]
            if before is not None and TOTAL.match(self.words[self.firsts[before.start]].text):
                continue  # nothing comes after a sum
            for cut in self._cuts_at(at):
                gain = worth + (self.gain * self.count if len(cut.cells) > 1 else 0.0) - cut.cost
                if cut.end not in best or gain > best[cut.end][0]:
                    best[cut.end] = gain, cut
                    gain -= _SMALL_AFTER * self._goes_on(cut.end)
                    if gain > top[0] and len(cut.cells) > 1:
                        top = gain, cut.end
        found: list[_Cut] = []
        if self.wrapped:
            top = top[0], len(self.places) if len(self.places) in best else 0
        cut_before = best[top[1]][1]
        while cut_before is not None:
            found.append(cut_before)
            cut_before = best[cut_before.start][1]
        return found[::-1]

    def _goes_on(self, at: int) -> bool:
        """True where the block at a place, close below another, begins small: nothing ends before it."""
        return at < len(self.places) and self.gaps[at] == "none" and self.words[self.firsts[at]].kind == "x"

    def _cuts_at(self, at: int) -> list[_Cut]:
        """The rows that may begin at a block, the likeliest of each length, and the name of a group."""
        first, last = self.firsts[at], self.firsts[at + 1] - 1
        torn = at > 0 and not self.words[first].after
        if self.words[first].kind not in self.first or (torn and not self.wrapped):
            return []
        if _AMOUNT.match(" ".join(word.text for word in self.words[first : last + 1])):
            return []  # an amount on a line of its own is no label
        found: list[_Cut] = []
        cost = self._gap_cost(0, self.gaps[at]) if at else 0.0
        cost += 2.5 * (self.words[first].kind == "9") + 3.0 * torn
        longest = 1 if self.lone else _LONGEST_WRAPPED if self.wrapped else _LONGEST
        words = self.words[first : last + 1]
        group = (
            not self.lone
            and not self.wrapped
            and len(words) < 8
            and words[-1].kind in "Cx"
            and not re.search(r"[.,;]$", words[-1].text)
        )
        wraps = self.parted and last in self.over
        over = _OVER * (group and not wraps and self._is_whole(at + 1))
        for end in range(at + 1, min(at + longest, len(self.places)) + 1):
            if end > at + 1:
                cost += over * (end == at + 2)
                cost += self._gap_cost(1, self.gaps[end - 1])
                cost += _WITHIN * (self.parted and self.firsts[end - 1] - 1 not in self.over)
            if self.wrapped and end < len(self.places) and self.words[self.firsts[end]].kind not in "C9":
                continue  # no row begins there
            if cost < 12 and (divided := self._divided(first, self.firsts[end])):
                found.append(_Cut(at, end, divided[0], cost + divided[1]))
        if group:
            found.append(_Cut(at, at + 1, ((first, last + 1),), 0.5 + _WITHIN * wraps))
        return found

    def _is_whole(self, at: int) -> bool:
        """True where a block by itself has words for every column of a row."""
        if at >= len(self.places) or self.words[self.firsts[at]].kind not in "C9":
            return False
        found = self._divided(self.firsts[at], self.firsts[at + 1])
        return found is not None and None not in found[0] and found[1] < _WHOLE * self.count

    def _gap_cost(self, inside: int, gap: str) -> float:
        """How unlikely a gap is between rows, or inside one."""
        if not gap or self.blocks.traced:
            return 0.0
        first = 4.0 if gap == "more" else 0.4 if self.uneven and (gap == "one") == bool(inside) else 0.0
        seen = self.seen[inside]
        return first - math.log((seen[gap] + 1) / (seen.total() + 3) * 3) if seen else first

    def _divided(self, first: int, end: int) -> tuple[tuple[tuple[int, int] | None, ...], float] | None:
        """The likeliest way to cut the words of a row into cells, and how unlikely it is."""
        words = self.words
        stops_short = words[end - 1].kind != "-" and dangling(f" {words[end - 1].text}")
        total = TOTAL.match(words[first].text) is not None
        if (end - first + 1 < self.count and not total) or end - first > 70 or (stops_short and not self.wrapped):
            return None
        tie = 1e-9 if self.long else -1e-9
        starts = [n for n in range(first + 1, end) if words[n].kind in "C9DM-" or words[n].breaks]
        least: dict[int, tuple[float, tuple[tuple[int, int] | None, ...]]] = {first: (0.0, ())}
        for column in range(self.count):
            after: dict[int, tuple[float, tuple[tuple[int, int] | None, ...]]] = {}
            last = column == self.count - 1
            for begin, (cost, cells) in least.items():
                if column:
                    empty = cost + (0.3 if total else 3.5 if last else 4.0)
                    if self.wrapped or self.blanks:
                        used = next((n for n, cell in enumerate(reversed(cells)) if cell), 0)
                        empty = cost + (0.1 if used < self._traced(begin, end) else 6.0)
                    if (not last or begin == end) and (begin not in after or empty < after[begin][0]):
                        after[begin] = empty, (*cells, None)
                if begin == end:
                    continue
                if (begin, total) not in self.begins:
                    self.begins[begin, total] = _begins(words, begin, total)
                begun = cost + (self.begins[begin, total] if column else 0.0)
                begun += _TRACE * (column > 0 and begin - 1 in self.blanks and cells[-1] is not None)
                begun += _WITHIN * (column > 0 and self.parted and begin in self.below)
                if column and self.amounts[column - 1] and words[begin - 1].kind == "9" and _follows(words[begin]):
                    begun -= 2.5  # words after an amount are a cell of their own
                if column and words[begin].kind == "x" and words[begin - 1].kind == "D" and begin + 1 == end:
                    begun -= 2.5  # so is a word after a day
                if column == 1 and self.blocks.said.pairs[words[begin - 1].text, words[begin].text] > 1:
                    begun += _TORN  # the document has the two together elsewhere too
                if column == 1 and self.wrapped and words[begin - 1].kind == "9":  # a label ends in no thousands
                    figures = [re.fullmatch(r"\d{3}", words[n].text) is not None for n in (begin - 1, begin)]
                    begun += 3.0 * (figures[1] or (figures[0] and words[begin - 2].kind == "9"))
                if self.wrapped and column and words[begin].kind == words[begin - 1].kind == "9" and cells[-1]:
                    street = STREET.search(words[begin - 2].text) is not None
                    begun += 2.0 * (words[cells[-1][0]].kind not in "9M" and not street)  # words end in no figure
                if column == 1 and begin == self._name_end(first, end):
                    begun = cost + 0.5
                if column and re.fullmatch(r"\d{3}", words[begin].text) and not self.amounts[column]:
                    begun += 3.0 * (words[begin - 1].kind == "9")
                if column == 1 and self.prose and begin != (clause := self._clause(first)):
                    begun += 2.0 * (clause is not None)
                stops = [end] if last else [*starts[bisect_right(starts, begin) :], end]
                if self.amounts[column] and not last and words[begin].kind == "9":
                    alone = begin + 1 + (begin + 1 < end and words[begin + 1].kind == "9")
                    stops += [n for n in (begin + 1, alone) if n < end and _follows(words[n])]
                if words[begin].kind == "D" and begin + 2 == end and not last:
                    stops.append(begin + 1)
                if not column and (name := self._name_end(first, end)):
                    stops.append(name)
                if self.wrapped:
                    below = next((n for n in range(begin + 1, end) if words[n].breaks), end)
                    stops = [stop for stop in stops if stop <= below or stop == end or words[stop].breaks]
                for stop in stops:
                    known = self.costs.get((column, begin, stop))  # not asked of `_cost`: it is known most times
                    own = self._cost(column, begin, stop) if known is None else known
                    so_far = begun + self.inside[stop - 1] - self.inside[begin] + own
                    if self.parted:
                        so_far += _WITHIN * (self.overs[stop - 1] - self.overs[begin])
                    if so_far < 14 and (stop not in after or so_far < after[stop][0] + tie * (column == 1)):
                        after[stop] = so_far, (*cells, (begin, stop))
            least = after
        if end not in least:
            return None
        cost, cells = least[end]
        return (cells, cost) if sum(cell is not None for cell in cells) > 1 else None

    def _is_of_figures(self, column: int) -> bool:
        """True where most cells of a column are known to be a figure each, or empty."""
        shapes = self.kinds[column][3]
        return shapes.total() > 4 and shapes["9"] + shapes[""] > 0.75 * shapes.total()

    def _voids(self, n: int) -> tuple[int, int]:
        """How many empty cells the spaces before a word tell of, and those after it where it ends a line."""
        before = after = 0
        start, end = self.at[n]
        text = self.blocks.text
        while text[start - before - 1 : start - before] == " ":
            before += 1
        while text[end + after : end + after + 1] == " ":
            after += 1
        ends = text[end + after : end + after + 1] in ("", "\n")
        return max(0, before - 1), self.blanks.get(n, 0) + (max(0, after - 1) if ends else 0)

    def _traced(self, begin: int, end: int) -> int:
        """How many empty cells left a space before a word, or at the end of the row or of the line before."""
        if begin < end and not self.words[begin].breaks:
            return self.voids[begin][0]
        return self.voids[begin - 1][1]

    def _name_end(self, first: int, end: int) -> int | None:
        """Where a row's name ends before small words: the document has the name elsewhere too, but not with the word
        after it. None where nothing tells, or where the columns are not words and then amounts."""
        if self.count < 3 or self.amounts[1] or _TIME.match(self.names[1]) or self.prose or not self.amounts[-1]:
            return None
        if first not in self.ends:
            found = None
            for n in range(first + 1, min(first + 6, end)):
                name = " ".join(word.text for word in self.words[first:n])
                if self.blocks.said.counted(name) < 2:
                    break
                binds = self.words[n].text in _BINDING
                if (
                    self.words[n].kind == "x"
                    and not binds
                    and self.blocks.said.counted(f"{name} {self.words[n].text}") < 2
                ):
                    found = n
            self.ends[first] = found
        return self.ends[first]

    def _clause(self, first: int) -> int | None:
        """The word at which what is said of a row's name begins, None where nothing tells."""
        if first not in self.clauses:
            words = [word.text for word in self.words[first : first + 40]]
            cut = clause_start(" ".join(words))
            self.clauses[first] = None if cut is None else first + " ".join(words)[:cut].count(" ")
        return self.clauses[first]

    def _cost(self, column: int, begin: int, end: int) -> float:
        """How unlikely words are as a cell of a column."""
        key, words = (column, begin, end), self.words[begin:end]
        if key not in self.odd:
            self.odd[key] = _odd(words, not column, column == self.count - 1, self.clausal)
        form = self.forms[column]
        figures = all(word.kind == "9" for word in words)
        said = " ".join(word.text for word in words) if form or figures else ""
        kinds = "9-" if self.worded[column] else "Cx(" if self.amounts[column] else ""
        unfit = all(word.kind in kinds for word in words)
        unfit = unfit or (self.amounts[column] and column > 0 and words[0].kind == "C" and words[-1].kind == "9")
        if figures and self.amounts[column] and self.wrapped:
            unfit = _AMOUNT.match(said) is None  # two figures
        elif figures and not self.wrapped:
            unfit = unfit or _AMOUNT.match(said) is None
        fits = form is not None and form.fullmatch(said) is not None
        sentence = self.narrow[column] and end - begin > 5 and words[-1].text.endswith(".")
        worded = column > 0 and words[0].kind in "Cx" and words[-1].kind == "9" and self._is_of_figures(column)
        cost = self.odd[key] + self._unlike(column, (begin, end)) + 3.0 * unfit - 3.0 * fits
        cost += 2.0 * (form is not None and not fits and not column)  # rows that have a time's name have their time
        cost += 6.0 * (sentence or worded)  # "Rönnbacken 2" is no street's number where all others are figures
        cost += 4.0 * (self.persons[column] and _holds_office(words))
        self.costs[key] = cost
        return cost

    def rows(self, cuts: Sequence[_Cut]) -> list[Row]:
        """The rows with their cells' words and places."""
        rows = []
        for cut in cuts:
            parts = [self.blocks.run(place, place + 1)[0] for place in self.places[cut.start : cut.end]]
            joined = Joined(self.blocks.text, parts)
            at = [found.span() for found in re.finditer(r"\S+", joined.text)]
            first = self.firsts[cut.start]
            cells = [
                joined.cell(self.blocks.text, at[cell[0] - first][0], at[cell[1] - first - 1][1]) if cell else Cell()
                for cell in cut.cells
            ]
            rows.append(Row((*cells, *[Cell()] * (self.count - len(cells))), joined.spans()))
        return rows


def _expected(name: str) -> tuple[str, str, str, str]:
    """What the cells of a column are like to begin with, by its name: amounts, persons, streets, or anything."""
    if _PERSON.match(name):
        return ("C", "C", "2", "CC")
    if is_numeric(name) and not name.startswith("Månad") and not _PROSE.match(name):
        return ("9", "9", "1", "9")
    if re.match(r"(?:Gatua|A)dress", name):
        return ("C", "9", "2", "C9")
    if _TIME.match(name):
        return ("M", "9", "2", "M9")
    return ("", "", "", "")


def _word(word: str, small: frozenset[str], timed: bool, breaks: bool, before: _Word | None, wide: bool) -> _Word:
    common = word[:1].isupper() and word.strip("(),.;:*").lower() in small
    after = before is None or not dangling(f" {before.text}") or (before.kind == "-" and breaks and word[:1].isupper())
    kind = "M" if timed and _MONTH.match(word) else _kind(word)
    return _Word(word, kind, common, breaks, after, wide)


def _with_times(words: Sequence[_Word]) -> list[_Word]:
    """Words with those that lead into a time ("12 augusti", "Klart i maj", "vecka 12") as its beginning."""
    found = list(words)
    spans: set[int] = set()  # months that a span of whole months begins with
    for n, word in enumerate(words[:-1]):  # "29 juni–7 augusti": the second month goes on in the first's time
        if re.fullmatch(rf"(?:{_MONTHS})[-–]\d{{1,2}}", word.text) and words[n + 1].kind == "M":
            found[n], found[n + 1] = replace(word, kind="M"), replace(words[n + 1], kind="x")
        elif n and re.fullmatch(r"20\d\d[-–]", word.text) and words[n - 1].kind == words[n + 1].kind == "M":
            spans.add(n - 1)  # "maj 2031– juni 2032" so too, and it tells no days
            found[n : n + 3] = [replace(each, kind="x") for each in words[n : n + 3]]
    words = list(found)
    for n in range(len(found) - 2, -1, -1):
        month = n + 1 not in spans and re.match(_MONTHS, words[n + 1].text)
        day = month and re.fullmatch(r"\d{1,2}", found[n].text)
        open_ = found[n].text == "Ej" and re.match(r"fastställ|bestäm|beslut", words[n + 1].text)
        often = found[n].text == "Varje" and _PERIODS.match(words[n + 1].text)
        week = re.fullmatch(r"[Vv](?:eck(?:a|or|orna)|\.)", found[n].text) and found[n + 1].kind == "9"
        if day or open_ or often or week or (_LEADS_TIME.match(found[n].text) and found[n + 1].kind == "M"):
            found[n], found[n + 1] = replace(found[n], kind="M"), replace(found[n + 1], kind="x")
            if day and n + 2 < len(found) and _YEAR.fullmatch(found[n + 2].text):
                found[n + 2] = replace(found[n + 2], kind="x")  # the year of a day
    return found


def _bound(words: Sequence[_Word]) -> list[_Word]:
    """Words with the figures of a telephone number as one number's, and who decided as the day's ("KF 2031-06-15")."""
    found = [replace(word, kind="x") if word.text in _COMPANY else word for word in words]
    for n in range(len(found) - 1):
        if found[n].kind == "C" and found[n + 1].kind == "D" and re.fullmatch(r"[A-ZÅÄÖ]{2,4}", found[n].text):
            found[n : n + 2] = replace(found[n], kind="D"), replace(found[n + 1], kind="x")
    for n in range(1, len(found)):
        if re.fullmatch(r"\d{2,3}", found[n].text) and (_PHONE.match(found[n - 1].text) or found[n - 1].kind == "+"):
            found[n] = replace(found[n], kind="+")
    return [replace(word, kind="x") if word.kind == "+" else word for word in found]


def _kind(word: str) -> str:
    if re.match(r"\d{4}-\d\d-\d\d|20\d\d-(?:0[1-9]|1[0-2])$", word) or "@" in word:
        return "D"
    if re.match(r"[-−–+±]?\d", word):
        return "9"
    if re.fullmatch(r"[-−–]", word):
        return "-"
    return "C" if word[:1].isupper() else "(" if word[:1] == "(" else "x"


def _odd(words: Sequence[_Word], label: bool, last: bool, clausal: bool) -> float:
    """How unlikely words are as a cell by themselves: labels are short, and no sentences unless they are `clausal`;
    sentences stand in the last column."""
    count = len(words)
    small = [word.text.strip(",.").lower() for word in words if word.kind == "x"]
    cost = 0.1 * max(0, count - 12)
    if label:
        cost += 0.5 * max(0, count - 6)
        cost += 0.0 if clausal else 1.5 * sum(word in _CLAUSE for word in small)
        cost += 8.0 * (not clausal and any(word.text in _VERBS for word in words[1:3]))  # the beginning of a sentence
        cost += 6.0 * any(re.search(r"[a-zåäö]{4}\.$", a.text) and b.kind == "C" for a, b in pairwise(words))  # its end
        cost += 1.0 * sum(word.breaks and word.kind == "C" and word.after for word in words[1:])
    if last and count == 1 and words[0].kind == "9" and words[0].text.endswith("."):
        cost += 4.0  # the year that a sentence ends in
    if words[-1].text.endswith((".", ":", "!", "?")) and count > 1 and not last:
        cost += 4.0 if label else 1.5
    elif any(a.text.endswith(".") and b.kind == "C" and b.breaks for a, b in pairwise(words)):
        cost += 0.0 if last and words[-1].text.endswith((".", "!", "?")) else 2.0  # rather the heading of what follows
    numbered = (a for a, b, c in zip(words, words[1:], words[2:], strict=False) if b.kind == c.kind == "9")
    cost += 2.0 * sum(STREET.search(word.text) is not None for word in numbered)  # a street has one number
    if words[0].kind in "9D" and count > 2:
        cost += 0.7 * sum(word.kind == "x" for word in words[2:])
    if not last and words[-1].kind != "-" and dangling(f" {words[-1].text}"):
        cost += 3.0
    return cost


def _holds_office(words: Sequence[_Word]) -> bool:
    """True where whoever answers for something stands after other words, and so in a cell of its own."""
    after = any(one.kind == "x" and other.kind == "C" for one, other in pairwise(words))
    return after and words[0].kind == "C" and not is_role(words[0].text)


def _follows(word: _Word) -> bool:
    """True for a small word that is no amount's ("9,5 per år")."""
    return word.kind == "x" and word.text != "per"


def _begins(words: Sequence[_Word], n: int, total: bool) -> float:
    """How unlikely a cell begins at a word; after a sum's label amounts begin anywhere."""
    before, word = words[n - 1], words[n]
    if word.wide:
        return 0.0
    cost = 0.2 if word.after else 4.0
    if word.kind in "x(":
        cost += 3.0
    elif word.kind == "C" and binds(before.text):
        cost += 2.5
    elif word.kind == "C" and not word.common:
        cost += 1.2 if before.kind == "C" else 0.5
    elif word.kind == "9":
        counts = n + 1 < len(words) and words[n + 1].kind == "x" and not words[n + 1].breaks
        cost += 1.2 if before.kind == "C" and not (before.common or total or counts) else 0.3  # no number of a street
        cost += 1.5 * (re.fullmatch(r"\d{3}", word.text) is not None and before.kind == "9")
        cost += 6.0 * (re.match(r"0\d", word.text) is not None and before.kind == "9")  # the end of a number
        leads = STREET.search(before.text) is not None or leads_number(before.text)
        cost += 2.0 * leads + 3.0 * (before.kind == "M")
        cost += 1.0 * word.text.endswith(",")
    return cost if not word.breaks else max(0.0, cost - 0.7)


def _inside(before: _Word, word: _Word, timed: bool) -> float:
    """How unlikely a word goes on in the cell of the word before; `timed` where a column has times."""
    cost = 5.0 if word.wide else 0.0
    if word.kind == "C":
        ended = before.text.endswith((".", "!", "?")) or not word.after
        cost += 0.2 if ended else 1.2 if word.common else 0.1
    elif word.kind == "D" or (word.kind == "9" and before.kind == "D"):
        cost += 1.5 if timed or before.kind != "x" else 0.3
    if word.breaks:
        cost += 3.0 * (before.kind == "9" and word.kind == "C" and not before.text.endswith("."))
        within = word.kind in "x(" or (word.kind in "9D" and before.kind == "x" and not timed)
        cost += 0.2 if within or before.text.endswith(".") else 1.0
    return cost


def _features(words: Sequence[_Word]) -> tuple[str, ...]:
    """What is compared of a cell: its first word, its last, its length, and its shape."""
    if _AMOUNT.match(" ".join(word.text for word in words)):
        return ("9", "9", "1", "9")
    kinds = "".join(word.kind + ("," if word.text.endswith(",") else "") for word in words)
    shape = re.sub(r"(?<=CC)C+", "", re.sub(r"x[x,]*", "x", kinds))
    end = "." if words[-1].text.endswith((".", "!", "?")) else words[-1].kind
    count = len(words)
    length = "1" if count == 1 else "2" if count == 2 else "4" if count < 5 else "8" if count < 9 else "9"
    return words[0].kind, end, length, shape if len(shape) < 10 else shape[:3]
