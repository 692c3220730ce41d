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
    ("enhetsplan", r"(?:enhets|avdelnings|förvaltnings|sektors?)plan"),
    ("verksamhetsplan", r"(?:verksamhets|affärs)plan|nämnds?plan|\bvp\b"),
    ("budget", r"(?:nämnds?|intern|mål och )?budget"),
)
_MAY_HOLD = 16  # lines: a front page has an address, a heading block and a table of who decides, seldom more
_TITLE = re.compile(
    rf"^(?:förslag till |reviderad |slutlig )?(?:{'|'.join(pattern for _, pattern in KINDS)})\b.{{0,60}}\b20\d\d\b",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"^(?:dnr|diarienr|diarienummer)\b|^tjänsteutlåtande$|^(?:till|handläggare|telefon|sida?\b)|"
    r"^[A-ZÅÄÖ]{2,5}[ -]\d{4}[/:-]\d{1,5}$|"
    r"^(?:förslag|beslutad|antagen|fastställd|reviderad|utkast)\b.{0,60}\d{4}|"
    rf"^\d{{4}}-\d{{2}}-\d{{2}}$|^\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}$|^www\.|"
    r"\b\d{3} ?\d{2} [A-ZÅÄÖ]\w+$|^\S+\.\w{2,12}(?:/\S*)?$|\S@\S",
    re.IGNORECASE,
)

_BODY = re.compile(
    r"[A-ZÅÄÖ][\w -]{1,50}(?:nämnd(?:en)?|styrelse(?:n)?|kommun|stad|region|förvaltning(?:en)?|avdelningen)$"
)


def front_lines(source: Source) -> int:
    """How many of the source's first items make its front page, 0 where it has none.

    The front page ends with its title or the last of its marks (reference, date, address) and holds no sentences.
    """
    end = 0
    words = [_words(source, item) for item in source.items[:_MAY_HOLD]]
    for n, line in enumerate(words):
        if line is None or len(line) > 120 or re.search(r"[a-zåäö]{2}[.:;]$", line):
            break
        if _MARK.search(line) or _is_title(words, n) or (end == n > 0 and _BODY.match(line)):
            end = n + 1
            wraps = _TITLE.match(line) is not None and _wraps(source, words, n)
            if wraps or (_TITLE.match(line) is None and _is_title(words, n)):
                end = n + 2
    return min(end, len(source.items))


def title_in(source: Source) -> str | None:
    """The title on the front page, perhaps of two lines, None where no line is one."""
    count = front_lines(source)
    words = [_words(source, item) or "" for item in source.items[:count]]
    for n, line in enumerate(words):
        if _TITLE.match(line):
            return mended(f"{line}\n{words[n + 1]}") if _wraps(source, words, n) else line
        if _is_title(words, n):
            return f"{line} {words[n + 1]}"
    return None


def _is_title(words: Sequence[str | None], n: int) -> bool:
    """True where a line is a title, or one with the next."""
    line, after = words[n] or "", (words[n + 1] if n + 1 < len(words) else None) or ""
    if _TITLE.match(line):
        return True
    if not after or len(after) > 60 or re.search(r"20\d\d", line):
        return False
    return _TITLE.match(f"{line} {after}") is not None


def _wraps(source: Source, words: Sequence[str | None], n: int) -> bool:
    """True where a title goes on in the line after it, which is set like it or has the rest of a word."""
    line, after = source.items[n], source.items[n + 1] if n + 1 < len(words) else None
    if not isinstance(line, Line) or not isinstance(after, Line) or _MARK.search(words[n + 1] or ""):
        return False
    if (words[n] or "").endswith("-"):
        return True
    return line.size is not None and line.size == after.size and line.bold == after.bold and line.size > 12


def _words(source: Source, item: Line | Grid) -> str | None:
    return folded(source.text[item.start : item.end]) if isinstance(item, Line) else None
