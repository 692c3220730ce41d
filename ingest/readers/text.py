"""Plain text and Markdown: bytes to characters, lines with their place, form feeds as page breaks."""

from __future__ import annotations

import codecs
import re
from html import unescape
from pathlib import Path

from ingest.readers.files import file_bytes, unreadable
from ingest.readers.stored import MAX_CHARACTERS, MAX_LINES, StoredText, fold
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
_ATX = re.compile(r"(#{1,6})(?:\s+(.*?))?(?:\s+#+)?(?:\s*\{#[^}]*\})?$")
_UNDERLINE = re.compile(r"(?:=+|-{3,})$")
_DELIMITER_ROW = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
_RULE = re.compile(r"(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)$")
_FENCE = re.compile(r"```+|~~~+")
_BLOCK_START = re.compile(r"(?:[-*+>|]|\d+[.)])\s")
_ALL_BOLD = re.compile(r"(\*\*|__)(?=\S)[^*_]+\1$")
_ASIDE = 0x100000  # private use
_LONGEST_MARKED = 20_000  # characters; no paragraph is as long, and looking for marks costs more than reading
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
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_LINES:
        raise unreadable(path, "is far larger than a document", "split it into several files")
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
    properties, text = _front_matter(text)
    lines = _uncommented(text).replace("\f", "\n\f\n").split("\n")
    stored = StoredText()
    fence = ""
    n = 0
    while n < len(lines):
        line, following = lines[n].strip(), lines[n + 1].strip() if n + 1 < len(lines) else ""
        n += 1
        if mark := _FENCE.match(line):
            fence = "" if fence and line.startswith(fence) else fence or mark[0]
        elif lines[n - 1] == "\f":
            stored.page_break()
        elif fence:
            stored.line(line)
        elif line.startswith("#") and (heading := _ATX.match(fold(line))):
            stored.line(_inline(heading[2] or ""), level=len(heading[1]))
        elif "|" in line and _DELIMITER_ROW.match(following):
            body = n + 1
            while body < len(lines) and "|" in lines[body]:
                body += 1
            rows = [_pipe_row(row) for row in (line, *lines[n + 1 : body])]
            stored.grid(rows, header=1)
            n = body
        elif _UNDERLINE.match(following) and line and not _BLOCK_START.match(line):
            stored.line(_inline(line), level=1 if following[0] == "=" else 2)
            n += 1
        elif not _RULE.match(line):
            words = re.sub(r"^(?:>\s?)+", "", line)
            stored.line(_inline(words), bold=bool(_ALL_BOLD.match(words)))
    return stored.source(properties, notes, paged="\f" in text)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The plain "key: value" lines between two "---" at the top of the file, and the text below."""
    found = re.match(r"\s*---\n((?:.*\n){1,100}?)---[ \t]*(?:\n|$)", text)
    if not found:
        return {}, text
    pairs = (line.partition(":") for line in found[1].split("\n") if re.match(r"[A-Za-z][\w -]*:\s*\S", line))
    return {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}, text[found.end() :]


def _uncommented(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join((*kept, text[at:]))


def _pipe_row(line: str) -> list[str]:
    inner = re.sub(r"(?<!\\)\|$", "", line.strip().removeprefix("|"))
    return [_inline(cell.replace("<br>", " ")) for cell in re.split(r"(?<!\\)\|", inner)]


def _inline(words: str) -> str:
    """Words without the marks of code, images, links, emphasis and escapes."""
    if len(words) > _LONGEST_MARKED:
        return words
    # Escaped characters are set aside where nothing else uses them, so that no mark is seen in them.
    words = re.sub(r"\\([!-/:-@\[-`{-~])", lambda c: chr(_ASIDE + ord(c[1])), words)
    words = re.sub(r"!?\[([^\]\[]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)", r"\1", words)
    words = re.sub(r"<((?:https?://|mailto:)[^<>\s]+)>", r"\1", words)
    words = re.sub(r"(`+)(.+?)\1", r"\2", words)
    for mark in (r"\*\*\*", r"\*\*", r"\*", "~~"):
        words = re.sub(rf"{mark}(?=\S)([^*~]+?)(?<=\S){mark}", r"\1", words)
    words = unescape(words)
    words = re.sub(r"(?<!\w)(_{1,3})(?=\S)([^_]+?)(?<=\S)\1(?!\w)", r"\2", words)
    return re.sub(f"[{chr(_ASIDE)}-{chr(_ASIDE + 127)}]", lambda c: chr(ord(c[0]) - _ASIDE), words)
