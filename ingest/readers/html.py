"""Web pages: headings, paragraphs, lists and tables, as far as a reader of the page would see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.etree as etree

from ingest.readers.files import MAX_MARKS, file_bytes, unreadable
from ingest.readers.stored import MAX_CELLS, StoredText, TooLargeError, fold
from ingest.readers.text import text_of
from ingest.source import Source

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK = re.compile(
    "h[1-6]|address|article|aside|blockquote|body|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption"
    "|figure|footer|form|header|hgroup|hr|html|legend|li|main|menu|ol|p|pre|search|section|summary|table|tbody|td"
    "|tfoot|th|thead|tr|ul"
)
_UNSEEN = re.compile(
    "audio|button|canvas|datalist|embed|head|iframe|input|map|meter|nav|noscript|object|option|progress|script|select"
    "|style|svg|template|textarea|title|video"
)
_BOLD = frozenset(("b", "strong", "th"))
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_CHARSET_WITHIN = 4096  # bytes
_MOST_SPAN = 100
_MOST_COLUMNS = 1000
_PROPERTIES = {"author": "author", "description": "description", "keywords": "keywords", "dc.creator": "author"}


def read_html(path: Path) -> Source:
    """A web page as a source. Nothing it points to is fetched; what it hides and its navigation are left out."""
    data = file_bytes(path)
    named = _CHARSET.search(data[:_CHARSET_WITHIN])
    text, notes = text_of(data, path, named[1].decode("ascii") if named else None)
    if text.count("<") > MAX_MARKS:
        raise unreadable(path, "is far larger than a document", "split it into several files")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.replace("\f", " ").encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        # The parser stops there, and what follows would be lost without a word.
        raise unreadable(path, "is nested far deeper than a page is", "open it in a browser and save it as .pdf")
    if root is None:
        raise unreadable(path, "holds no page that can be read", "open it in a browser and save it as .pdf")
    main = _main(root)
    reader = _Reader()
    reader.read(root if main is None else main)
    if main is not None:
        notes += ("Only the main part of the page was read.",)
    return reader.stored.source(_properties(root), notes, paged=False)


def _main(root: Any) -> Any | None:
    """The page's main part, when it marks exactly one and there is something around it."""
    marked = [e for e in root.iter() if e.tag == "main" or e.get("role") == "main"]
    outside = len(marked) == 1 and len(_words(marked[0])) < len(_words(root))
    return marked[0] if outside and _words(marked[0]) else None


def _properties(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    title = root.find(".//head/title")
    if title is not None and (words := fold("".join(title.itertext()))):
        found["title"] = words
    for meta in root.iter("meta"):
        name, words = (meta.get("name") or "").lower(), fold(meta.get("content") or "")
        if words and name in _PROPERTIES:
            found.setdefault(_PROPERTIES[name], words)
    return found


def _seen(element: Any) -> bool:
    return (
        isinstance(element.tag, str)
        and not _UNSEEN.fullmatch(element.tag)
        and element.get("hidden") is None
        and element.get("aria-hidden") != "true"
        and element.get("role") != "navigation"
        and not _HIDDEN.search(element.get("style") or "")
    )


def _words(element: Any) -> str:
    """All words under an element in one line: a heading, a cell; nested tables and lists are flattened into it."""
    return fold("".join(_pieces(element))).replace("\t", " ")


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif _seen(child):
            apart = "\n" if _BLOCK.fullmatch(child.tag) else ""
            yield apart + ("• " if child.tag == "li" and _has_words(child) else "")
            yield from _pieces(child)
            yield apart
        yield child.tail or ""


def _has_words(element: Any) -> bool:
    return any(piece.strip() for piece in element.itertext())


def _is_bold(element: Any) -> bool:
    """True when all words under an element are bold."""
    if element.tag in _BOLD:
        return True
    if (element.text or "").strip():
        return False
    inner = [child for child in element if _seen(child) and _has_words(child)]
    return bool(inner) and all(_is_bold(child) and not (child.tail or "").strip() for child in inner)


class _Reader:
    """Walks a page in order and stores its blocks; inline words gather until a block ends."""

    def __init__(self) -> None:
        self.stored = StoredText()
        self._pending: list[tuple[str, bool]] = []
        self._mark = ""

    def read(self, element: Any) -> None:
        """Store everything under an element."""
        self._children(element, bold=False, kept=False)
        self._flush()

    def _children(self, element: Any, *, bold: bool, kept: bool) -> None:
        self._add(element.text, bold, kept)
        ordinal = _whole(element.get("start"), 1)
        for child in element:
            if _seen(child):
                if child.tag == "li":
                    mark = f"{_whole(child.get('value'), ordinal)}." if element.tag == "ol" else "•"
                    ordinal = _whole(child.get("value"), ordinal) + 1
                    self._flush()
                    self._mark = mark
                self._element(child, bold=bold, kept=kept)
            self._add(child.tail, bold, kept)

    def _element(self, element: Any, *, bold: bool, kept: bool) -> None:
        tag = element.tag
        if tag == "br":
            self._flush()
            return
        level = _HEADINGS.get(tag)
        if element.get("role") == "heading":
            level = min(max(_whole(element.get("aria-level"), 2), 1), 9)
        if level:
            self._flush()
            self.stored.line(_words(element), level)
        elif tag == "table":
            self._flush()
            self._table(element)
        elif _BLOCK.fullmatch(tag):
            if tag != "li":
                self._flush(end_item=False)
            self._children(element, bold=bold or tag in _BOLD, kept=kept or tag == "pre")
            self._flush()
        else:
            self._children(element, bold=bold or tag in _BOLD, kept=kept)

    def _add(self, text: str | None, bold: bool, kept: bool) -> None:
        if not text:
            return
        if not kept:
            self._pending.append((text.replace("\t", " "), bold))
            return
        first, *others = text.split("\n")
        self._pending.append((first, bold))
        for line in others:
            self._flush()
            self._pending.append((line, bold))

    def _flush(self, *, end_item: bool = True) -> None:
        """Store the inline words that have gathered as a line, with the mark of the list item that they begin."""
        words = "".join(text for text, _ in self._pending)
        if words.strip():
            bold = all(bold for text, bold in self._pending if text.strip())
            self.stored.line(f"{self._mark} {words}" if self._mark else words, bold=bold)
        if words.strip() or end_item:
            self._mark = ""
        self._pending.clear()

    def _table(self, table: Any) -> None:
        rows = _rows(table)
        caption = next((_words(child) for child in table if child.tag == "caption" and _seen(child)), "")
        cells = [_cells(row) for row in rows]
        if _is_layout(table, cells):
            self.stored.line(caption)
            for cell in (cell for row in cells for cell in row):
                self._children(cell, bold=False, kept=False)
                self._flush()
            return
        self.stored.grid(_laid_out(cells), _header_rows(rows, cells), caption)


def _rows(table: Any) -> list[Any]:
    """A table's own rows as shown: the head first, the foot last."""
    parts: dict[str, list[Any]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table:
        if child.tag == "tr" and _seen(child):
            parts["tbody"].append(child)
        elif child.tag in parts and _seen(child):
            parts[child.tag] += [row for row in child if row.tag == "tr" and _seen(row)]
    return [row for rows in parts.values() for row in rows]


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in ("td", "th") and _seen(cell)]


def _is_layout(table: Any, cells: list[list[Any]]) -> bool:
    """True for a table that places blocks on the page: tables or headings stand in it, or it has one column."""
    if table.get("role") in ("presentation", "none") or all(len(row) <= 1 for row in cells):
        return True
    if next(table.iterdescendants("table"), None) is not None:
        return True
    headings = next(table.iterdescendants(*_HEADINGS), None) is not None
    return headings and next(table.iterdescendants("th"), None) is None


def _laid_out(cells: list[list[Any]]) -> list[list[str]]:
    """The words of each row by column; what spans rows or columns stands in its first place alone."""
    made: list[list[str]] = []
    count = 0
    taken: dict[int, int] = {}  # column: rows below that a cell above still covers
    for n, row in enumerate(cells):
        words: list[str] = []
        below: dict[int, int] = {}
        waiting = iter(row)
        cell = next(waiting, None)
        while (cell is not None or any(column >= len(words) for column in taken)) and len(words) < _MOST_COLUMNS:
            column = len(words)
            if column in taken:
                words.append("")
                if taken[column] > 1:
                    below[column] = taken[column] - 1
                continue
            if cell is None:
                words.append("")
                continue
            width = min(max(_whole(cell.get("colspan"), 1), 1), _MOST_SPAN)
            height = _whole(cell.get("rowspan"), 1) or len(cells)  # 0: to the end
            for covered in range(column, column + width) if height > 1 else ():
                below[covered] = min(height, len(cells) - n) - 1
            words += [_words(cell), *[""] * (width - 1)]
            cell = next(waiting, None)
        count += len(words)
        if count > MAX_CELLS:
            raise TooLargeError
        taken = {column: rows for column, rows in below.items() if rows > 0}
        made.append(words)
    return made


def _header_rows(rows: list[Any], cells: list[list[Any]]) -> int:
    """How many leading rows are headers: in the table's head, or of header cells, or one row all bold."""
    count = 0
    for row, row_cells in zip(rows, cells, strict=True):
        worded = [cell for cell in row_cells if _has_words(cell)]
        if row.getparent().tag != "thead" and not (worded and all(cell.tag == "th" for cell in worded)):
            break
        count += 1
    if count == len(rows):
        return min(count, 1)
    if not count:
        first = [cell for cell in cells[0] if _has_words(cell)]
        rest = [cell for row in cells[1:] for cell in row if _has_words(cell)]
        count = int(bool(first) and all(map(_is_bold, first)) and not all(map(_is_bold, rest)))
    return count


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"\s*-?\d{1,6}\s*", written) else otherwise
