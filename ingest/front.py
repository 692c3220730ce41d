"""The front page: the lines before a document begins, which say what it is, whose, and how far it has come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.source import Grid, Line, Source
from ingest.values import MONTHS, folded, mended

KINDS = (
    ("uppföljning av uppdrag", r"återkoppling|redovisning av uppdrag"),
    ("tertialrapport", r"tertialrapport|delårsrapport"),
    ("verksamhetsberättelse", r"verksamhetsberättelse|årsredovisning"),
    ("enhetsplan", r"(?:enhets|avdelnings|förvaltnings|sektors?|arbets)plan"),
    ("verksamhetsplan", r"(?:verksamhets|affärs)plan|nämnds?plan|\bvp\b"),
    ("budget", r"(?:nämnds?|intern|mål och )?budget"),
)
_MAY_HOLD = 16  # lines: a front page has an address, a heading block and a table of who decides, seldom more
_KIND = "|".join(pattern for _, pattern in KINDS)
# A title has a year, or tells alone what the document is, and whose: "Socialnämndens verksamhetsplan för 2031",
# "Underlag för budget 2031", "Verksamhetsplan för hemtjänsten".
_OF = (
    r"(?:(?:förslag till|reviderad|slutlig|[\wåäö -]{3,60}s(?: preliminära)?) )?"
    r"(?:underlag (?:för|till) (?:\w+ ){0,3})?"
)
_TITLE = re.compile(
    rf"{_OF}(?:{_KIND}|\w*budgetunderlag)\b(?:.{{0,60}}\b20\d\d\b.*| (?:för|med) [^.:]{{3,60}})?", re.IGNORECASE
)
_YEAR = re.compile(r"\b20\d\d\b")
_MARK = re.compile(
    r"^(?:dnr|diarienr|diarienummer)\b|^tjänsteutlåtande$|^(?:till|handläggare|telefon|sida?\b)|"
    r"^[A-ZÅÄÖ]{2,5}[ -]\d{4}[/:-]\d{1,5}$|"
    r"^(?:förslag|beslutad|antagen|fastställd|godkänd|behandlad|upprättad|reviderad|utkast)\b.{0,60}\d{4}|"
    r"^(?:(?:upprättad|antagen|godkänd|fastställd|beslutad|behandlad)\b.{0,30}|\w*(?:ordförande|chef|ansvarig)|datum|gäller\b.{0,20}|"
    r"gäller|giltig\b.{0,20}|dokument\w*|version): \S|^version \d[\d.]*$|"
    rf"^\d{{4}}-\d{{2}}-\d{{2}}$|^\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}$|^(?:år )?20\d\d$|^www\.|"
    r"\b\d{3} ?\d{2} [A-ZÅÄÖ]\w+$|^\S+\.\w{2,12}(?:/\S*)?$|\S@\S",
    re.IGNORECASE,
)
TOWN = re.compile(r"^(?:([A-ZÅÄÖ][\w-]+)s? (?:kommun|KOMMUN|stad|STAD|region|REGION)|(?i:region) ([A-ZÅÄÖ][\w-]+))\b")
COMPANY = re.compile(r"^[A-ZÅÄÖ][\w& -]{2,50} AB$")
BODY = re.compile(
    r"(?!Om )[A-ZÅÄÖ][\w -]{1,50}(?:nämnd(?:en)?|styrelsen?|kommun|stad|region|förvaltning(?:en)?|avdelning(?:en)?)$"
)
_NEAR = 2  # lines between a front page's marks that may be anything short


def front_lines(source: Source) -> int:
    """How many of the source's first items make its front page, 0 where it has none.

    The front page ends with its title or the last of its marks (reference, date, address) and holds no sentences.
    """
    end = 0
    words = [_words(source, item) for item in source.items[:_MAY_HOLD]]
    for n, line in enumerate(words):
        if line is None or len(line) > 120 or (re.search(r"[a-zåäö]{2}[.:;]$", line) and not _MARK.search(line)):
            break
        if (end and n > end + _NEAR) or _is_prose(words, n) or re.match(r"\d{1,2}(?:\.\d{1,2})*\.? [A-ZÅÄÖ]", line):
            break
        whose = any(pattern.match(line) for pattern in (TOWN, COMPANY, BODY))
        if _MARK.search(line) or _is_title(words, n) or whose:
            end = n + 1
            wraps = _TITLE.fullmatch(line) is not None and _wraps(source, words, n)
            if wraps or (_TITLE.fullmatch(line) is None and _is_title(words, n)):
                end = n + 2
    return min(end, len(source.items))


def title_in(source: Source) -> str | None:
    """The title on the front page, perhaps of two lines, None where no line is one."""
    found = _titled(source)
    return mended(found[0]) if found else None


def unit_in_front(source: Source) -> str | None:
    """The unit whose plan the front page says it is: in its title ("Enhetsplan 2031 för Lerviks hamn"), or on a line of
    its own beside it; None where it says none."""
    found = _titled(source)
    if not found:
        return None
    title, start, end = found
    of = re.search(r" för ((?!år\b)[A-ZÅÄÖ][^,]{3,50})$", title)
    if of and not TOWN.match(of[1]):
        return re.sub(r" 20\d\d$", "", of[1])
    count = front_lines(source)
    words = [_words(source, item) or "" for item in source.items[: max(count, end + 1)]]
    beside = [*words[end : end + 2], *words[max(0, start - 1) : start]]
    names = [line for line in beside if re.match(r"[A-ZÅÄÖ]", line) and len(line) < 60 and not _MARK.search(line)]
    names = [line for line in names if not TOWN.match(line) and not re.search(r"[.:]|nämnd(?:en)?$|styrelsen?$", line)]
    return names[0] if names and words.index(names[0]) < count else None


def _titled(source: Source) -> tuple[str, int, int] | None:
    """The title on the front page, the number of its first line and of the line after it."""
    count = front_lines(source)
    words = [_words(source, item) or "" for item in source.items[:count]]
    places = [n for n in range(len(words)) if _is_title(words, n)]
    dated = [n for n in places if _YEAR.search(words[n]) or not _TITLE.fullmatch(words[n])]
    for n in dated or places:
        year = re.fullmatch(r"20\d\d(?:[-–]20\d\d)?", words[n + 1]) if n + 1 < count and n not in dated else None
        if year or not _TITLE.fullmatch(words[n]):
            return f"{words[n]} {words[n + 1]}", n, n + 2
        wraps = _wraps(source, words, n)
        return (f"{words[n]}\n{words[n + 1]}", n, n + 2) if wraps else (words[n], n, n + 1)
    return None


def _is_prose(words: Sequence[str | None], n: int) -> bool:
    """True where a long line begins small, or the next does."""
    line, after = words[n] or "", (words[n + 1] if n + 1 < len(words) else None) or ""
    return len(line) > 60 and (line[:1].islower() or after[:1].islower()) and not _TITLE.fullmatch(line)


def _is_title(words: Sequence[str | None], n: int) -> bool:
    """True where a line is a title, or one with the next, which has the year."""
    line, after = words[n] or "", (words[n + 1] if n + 1 < len(words) else None) or ""
    if _TITLE.fullmatch(line) and (_YEAR.search(line) or n < 6):
        return True
    if not after or len(after) > 60 or _YEAR.search(line) or not _YEAR.search(after):
        return False
    return _TITLE.fullmatch(f"{line} {after}") is not None


def _wraps(source: Source, words: Sequence[str | None], n: int) -> bool:
    """True where a title goes on in the line after it, which is set like it or has the rest of a word."""
    line, after = source.items[n], source.items[n + 1] if n + 1 < len(words) else None
    if not isinstance(line, Line) or not isinstance(after, Line) or _MARK.search(words[n + 1] or ""):
        return False
    if (words[n] or "").endswith("-"):
        return True
    return line.size is not None and line.size == after.size and line.bold == after.bold and line.size > 12


def _words(source: Source, item: Line | Grid) -> str | None:
    """A line's words, a colon for a tab ("Giltig t.o.m.\t2031-12-31"); None for a grid."""
    return folded(source.text[item.start : item.end].replace("\t", ": ")) if isinstance(item, Line) else None
