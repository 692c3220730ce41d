"""Plain text and Markdown: bytes to characters, lines with their place, form feeds as page breaks."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ingest.readers.files import file_bytes, unreadable
from ingest.source import Line, Page, Source

MARKDOWN = (".md", ".markdown")

_BOMS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = ("cp1252", "cp850", "mac_roman")  # Windows, DOS exports, old Macs; the first wins a tie
_SWEDISH = frozenset("åäöÅÄÖéÉèàüÜæøÆØ–—”’“•…·§°½ \u00a0")
_NAMED = re.compile(r"(?:iso-?8859-?\d{1,2}|windows-?125\d|cp125\d|cp437|cp85\d|mac-?roman|macintosh|latin-?\d)$", re.I)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_NEWLINE = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
_MOST_CONTROL = 0.01  # share of control characters above which a file is no text


def decode(data: bytes, named: str | None = None) -> tuple[str, str] | None:
    """The characters of a text file and the encoding they were in, or None when the bytes are no text.

    A byte order mark decides; else UTF-16 shows by where its NULs stand; else strict UTF-8, or UTF-8 with a few
    broken bytes ("utf-8 (damaged)"), then the encoding that the file names, then the eight-bit one that makes
    most Swedish letters. Newlines are "\\n" in what is returned; control characters are still there.
    """
    found = _decode(data, named)
    return None if found is None else (_NEWLINE.sub("\n", found[0]), found[1])


def _decode(data: bytes, named: str | None) -> tuple[str, str] | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    wide = _wide(data)
    if wide and (found := _strictly(data, wide)):
        return found
    if found := _strictly(data, "utf-8"):
        return found
    repaired = data.decode("utf-8", "replace")
    broken = repaired.count("\ufffd")
    if sum(c > "\x7f" for c in repaired) - broken > 4 * broken:
        return repaired, "utf-8 (damaged)"
    if named and _NAMED.match(named):
        # Pages that say Latin-1 mean Windows-1252, as browsers know.
        encoding = "cp1252" if re.fullmatch(r"iso-?8859-?1|latin-?1", named, re.I) else named
        if found := _strictly(data, encoding):
            return found
    best = max(_LEGACY, key=lambda encoding: sum(c in _SWEDISH for c in _eight_bit(data, encoding) if c > "\x7f"))
    return _eight_bit(data, best), best


def _strictly(data: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        return data.decode(encoding), encoding
    except (UnicodeDecodeError, LookupError):
        return None


def _wide(data: bytes) -> str | None:
    """The UTF-16 that bytes without a mark look like: half of them NUL, all but a few on one side."""
    pairs = len(data) // 2
    if not pairs or len(data) % 2:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    if odd > 0.4 * pairs and even <= 0.01 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd <= 0.01 * pairs:
        return "utf-16-be"
    return None


def _eight_bit(data: bytes, encoding: str) -> str:
    # The five bytes that Windows-1252 leaves out become C1 control characters, which are dropped later.
    text = data.decode(encoding, "surrogateescape")
    return re.sub("[\udc80-\udcff]", lambda c: chr(ord(c[0]) - 0xDC00), text)


def text_of(data: bytes, path: Path, named: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The clean text of a file's bytes and notes on what was dropped; UnreadableDocument when it is no text."""
    decoded = decode(data, named)
    if decoded is None:
        raise unreadable(path, "is cut short or not the text its first bytes say", "save it as UTF-8 text")
    text, encoding = decoded
    notes = []
    if encoding == "utf-8 (damaged)":
        notes.append("Some characters were broken in the file and stand as \N{REPLACEMENT CHARACTER}.")
    controls = len(_CONTROL.findall(text))
    if controls > _MOST_CONTROL * len(text):
        raise unreadable(path, "is not text", "save it as PDF, Word, HTML, Excel or UTF-8 text")
    if controls:
        text = _CONTROL.sub("", text)
        notes.append(f"Left out {controls} control character{'s' if controls > 1 else ''}.")
    if not text.strip("\ufeff \t\n\f\u00a0"):
        raise unreadable(path, "holds no words", "export or copy the document again")
    return text, tuple(notes)


def read_text(path: Path) -> Source:
    """A text or Markdown file (by its extension) as a source."""
    text, notes = text_of(file_bytes(path), path)
    return markdown(text, notes) if path.suffix.lower() in MARKDOWN else plain(text, notes)


def plain(text: str, notes: tuple[str, ...] = ()) -> Source:
    """Plain text stored as it is: a line for each physical line with words; a form feed ends a page."""
    items = []
    at = 0
    for physical in re.split("[\n\f]", text):
        words = physical.strip()
        if words:
            start = at + physical.index(words)
            items.append(Line(start, start + len(words)))
        at += len(physical) + 1
    return Source(text, tuple(items), _pages(text), notes=notes)


def _pages(text: str) -> tuple[Page, ...]:
    """The pages that form feeds end; one after the last only if it has words (converters end every page with one)."""
    if "\f" not in text:
        return ()
    edges = [0, *(found.end() for found in re.finditer("\f", text))]
    if text[edges[-1] :].strip():
        edges.append(len(text))
    else:
        edges[-1] = len(text)
    return tuple(Page(n, None, edges[n - 1], edges[n]) for n in range(1, len(edges)))


def markdown(text: str, notes: tuple[str, ...] = ()) -> Source:
    """Markdown, its marks read and left out of the stored text: headings, emphasis, links, pipe tables."""
    return plain(text, notes)
