"""The headers of tables with words in several columns.

A header is known by its names: a few, each with a capital, most of them words that tables have at the head of a column
or common nouns, which else have a capital only where something begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import Block, Blocks
from ingest.columns import Name, dangling, is_numeric, is_title, is_unit, words_of
from ingest.goal_columns import VALUES, kind_of
from ingest.typed_words import MONTH, MONTH_NAMES, STARTS, YEAR
from ingest.values import AMOUNT, PART, mended, whole_name

_NOUNS = frozenset(
    """adress antal ansvarig avdelning avgift avtal belopp beskrivning beslut bidrag bilaga chef dag datum dokument
    finansiering finansiär händelse syfte tillfälle uppgift uppgifter
    effekt enhet enheter funktion fastighet förening förskola förvaltning huvudfråga huvudfrågor innehåll insats
    kategori kommentar konsekvens kontakt kontaktperson e-post mejl kontroll kontrollmoment kvartal leverantör lokal
    lokaler löper mål målgrupp
    månad mötesdag namn nämnd när objekt omfattning område organisation ort period plats platser post pris
    process projekt rapport resultatenhet resultatenheter risk riskområde råd roll sammanträde sannolikhet skola slut
    start status telefon tid tidplan tjänst typ vad var vecka vem
    verksamhet verksamhetsområde värde ålder åtgärd ägare ämne ändamål år årsarbetare""".split()  # noqa: SIM905
)
_ASKS = re.compile(r"(?:Hur|När|Vad|Var|Vem|Vilk\w+|För|Till|Från|Med|På|Inom)\b|\bav$")  # a column's name
_COMPOUND = re.compile(rf"\w{{3}}(?:{'|'.join(word for word in _NOUNS if len(word) > 4)})$")
_MOST_HEADER = 14  # lines
_OF_TIME = re.compile(
    r"^(?:Annonseras|Behandlas|Beslutas|Revideras|Redovisas|Inleds|Upphör|Löper|Gäller|Beslutat|Antagen)\b"
)  # a column's name that tells of a time
_SAID_OF = re.compile(r"^[A-ZÅÄÖ]\w+(?:at|ad|ande|ende|lig|ligt)$")  # a column's name that lacks its noun
_DAY = re.compile(rf"\b\d{{1,2}}(?= (?:{MONTH_NAMES})\b)", re.IGNORECASE)


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


def typed_headers(blocks: Blocks, start: int) -> list[Header]:
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
    if any(MONTH.match(name.split()[0].strip(",")) for name in names):
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


def share_of_common(names: Sequence[Name], blocks: Blocks) -> float:
    """The share of names that are common nouns, years or amounts'."""
    whole = [name.text for name in names]
    common = zip(are_common(whole, blocks.said.small), whole, strict=True)
    return sum(each or YEAR.fullmatch(name) is not None or is_numeric(name) for each, name in common) / len(whole)


def wrapped_headers(blocks: Blocks, start: int, end: int) -> Iterator[tuple[list[Name], int]]:
    """The headers that may begin at a place and leave room for rows before another, where wrapped names and cells stand
    alone on their lines: the columns' names, and the place after them."""
    for after in range(start + 1, min(start + _MOST_HEADER, end - 2) + 1):
        last = blocks.run(after - 1, after)[0]
        if after > start + 1 and not _may_head(replace(last, words=_DAY.sub("", last.words)), goes_on=True):
            return
        names = _wrapped_names(blocks, start, after - start)
        if names is not None and 2 < len(names) < 9:
            yield names, after


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
        years = [YEAR.fullmatch(word) is not None for word in line]
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
    return names if share_of_common(names, blocks) > 0.6 else None
