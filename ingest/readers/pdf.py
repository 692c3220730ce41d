"""PDF with a text layer → stored text, pages, lines and grids, by where the words and rules stand on the page."""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2

from ingest.readers.files import file_bytes, unreadable
from ingest.readers.pdf_layout import blocks, furniture, printed_labels
from ingest.readers.pdf_page import MAX_CHARACTERS, MAX_OBJECTS, Drawing, drawing, pdfium
from ingest.readers.pdf_store import PageBlocks, stored, with_outline
from ingest.readers.pdf_table import LaidTable
from ingest.source import Source, UnreadableDocument

MAX_PAGES = 5_000
MAX_TOTAL_CHARACTERS = 12_000_000
_MAX_BOOKMARKS = 5_000
_MAX_ELEMENTS = 3_000
_MAX_DEPTH = 12

# pdfium keeps state of its own and may be used by one thread at a time.
_one_at_a_time = threading.Lock()


def read_pdf(path: Path) -> Source:
    """Reads a PDF file; raises UnreadableDocument where it has a password, no text, or is damaged or no PDF."""
    data = _bytes(path)
    with _one_at_a_time:
        try:
            document: Any = _open(data)
        except pypdfium2.PdfiumError as error:
            raise _refused(path, error) from error
        try:
            return _read(document, path)
        finally:
            document.close()


_open: Any = pypdfium2.PdfDocument


def _bytes(path: Path) -> bytes:
    """The file's content, once it looks like a whole PDF."""
    data = file_bytes(path)
    if not data.strip(b"\0 \t\r\n"):
        raise unreadable(path, "is empty", "get it again from where it came")
    if b"%PDF-" not in data[:1024]:
        raise unreadable(path, "is no PDF, whatever its name says", "open it and save it as .pdf")
    if b"%%EOF" not in data[-4096:].rstrip(b"\0 \t\r\n")[-2048:]:
        raise unreadable(path, "is a PDF cut short", "get it again from where it came")
    return data


def _refused(path: Path, error: pypdfium2.PdfiumError) -> UnreadableDocument:
    if error.err_code == pdfium.FPDF_ERR_PASSWORD:
        return unreadable(path, "is protected by a password", "open it and save it without one")
    if error.err_code == pdfium.FPDF_ERR_SECURITY:
        return unreadable(path, "is protected in an unknown way", "open it and save it without protection")
    return unreadable(path, "is a damaged PDF", "get it again, or open it and save it anew")


def _read(document: Any, path: Path) -> Source:
    total = len(document)
    if total < 1:
        raise unreadable(path, "is a damaged PDF without pages", "get it again, or open it and save it anew")
    drawings, bare, cut, broken = _drawings(document, min(total, MAX_PAGES))
    if not any(page.words or page.aside for page in drawings):
        if broken:
            raise unreadable(path, "is a damaged PDF whose pages can't be opened", "get it again, or save it anew")
        raise unreadable(path, "holds no text", "if it is a scan, run text recognition (OCR) on it first")
    labels = printed_labels(drawings)
    barred = furniture(drawings)
    pages: list[PageBlocks] = []
    carried: LaidTable | None = None
    for n, page in enumerate(drawings):
        label = labels[n] or _defined_label(document, n)
        laid = PageBlocks(n + 1, label, blocks(page, barred[n], carried), barred[n])
        body = laid.body()
        carried = body[-1] if body and isinstance(body[-1], LaidTable) else None
        pages.append(laid)
    found = with_outline(stored(pages), _bookmarks(document))
    notes = []
    if broken:
        notes.append(f"{_pages(broken)}: damaged, can't be opened.")
    if bare:
        notes.append(f"{_pages(bare)}: no text layer; if it is a scan, run text recognition (OCR) to have it read.")
    if cut:
        notes.append(
            f"{_pages(cut)}: more than {MAX_CHARACTERS} characters or {MAX_OBJECTS} objects; the rest was left."
        )
    if len(drawings) < total:
        notes.append(f"Only the first {len(drawings)} of {total} pages were read.")
    return Source(found.text, found.items, found.pages, _properties(document), tuple(notes))


def _pages(numbers: list[int]) -> str:
    """The numbers as "Page 3", or "Pages 3, 4, 9 and 12 more"."""
    shown = ", ".join(map(str, numbers[:10]))
    more = f" and {len(numbers) - 10} more" if len(numbers) > 10 else ""
    return f"Page{'s' if len(numbers) > 1 else ''} {shown}{more}"


def _drawings(document: Any, count: int) -> tuple[list[Drawing], list[int], list[int], list[int]]:
    """The pages as drawn, and the numbers of those without text, of those cut, and of those that can't be opened."""
    tagged = bool(pdfium.FPDFCatalog_IsTagged(document.raw))
    drawings: list[Drawing] = []
    bare, cut, broken = [], [], []
    characters = 0
    for n in range(count):
        page = pdfium.FPDF_LoadPage(document.raw, n)
        if not page:
            drawings.append(Drawing(595.0, 842.0))
            broken.append(n + 1)
            continue
        try:
            drawn = drawing(page, _tagged_headings(page) if tagged else {})
            if not drawn.words and not drawn.aside and pdfium.FPDFPage_CountObjects(page) > 0:
                bare.append(n + 1)
        finally:
            pdfium.FPDF_ClosePage(page)
        if drawn.cut:
            cut.append(n + 1)
        drawings.append(drawn)
        characters += sum(len(word.text) for word in drawn.words)
        if characters > MAX_TOTAL_CHARACTERS:
            break
    return drawings, bare, cut, broken


def _tagged_headings(page: Any) -> dict[int, int]:
    """The level of each marked content of the page that is tagged as a heading (H1 to H6)."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    found: dict[int, int] = {}
    try:
        left = _MAX_ELEMENTS
        top = max(0, pdfium.FPDF_StructTree_CountChildren(tree))
        queue: list[tuple[Any, int | None, int]] = [
            (pdfium.FPDF_StructTree_GetChildAtIndex(tree, i), None, 0) for i in reversed(range(min(top, left)))
        ]
        while queue and left > 0:
            element, level, depth = queue.pop()
            left -= 1
            if not element or depth > _MAX_DEPTH:
                continue
            level = _heading_level(element) or level
            if level:
                for i in range(min(200, max(0, pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)))):
                    found[pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, i)] = level
            count = min(2_000, max(0, pdfium.FPDF_StructElement_CountChildren(element)))
            queue += [
                (pdfium.FPDF_StructElement_GetChildAtIndex(element, i), level, depth + 1)
                for i in reversed(range(count))
            ]
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    found.pop(-1, None)
    return found


def _heading_level(element: Any) -> int | None:
    buffer = ctypes.create_string_buffer(64)
    length = pdfium.FPDF_StructElement_GetType(element, buffer, 64)
    kind = buffer.raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    match = re.fullmatch(r"H([1-6])", kind)
    return int(match[1]) if match else None


def _bookmarks(document: Any) -> dict[int, list[tuple[str, int]]]:
    """The outline's titles and levels (from 1) by the page they lead to."""
    found: dict[int, list[tuple[str, int]]] = {}
    for n, (title, level, page) in enumerate(_outline(document)):
        if n >= _MAX_BOOKMARKS:
            break
        found.setdefault(page + 1, []).append((title, level + 1))
    return found


def _outline(document: Any) -> Iterator[tuple[str, int, int]]:
    for bookmark in document.get_toc(max_depth=6):
        dest = bookmark.get_dest()
        index = dest.get_index() if dest else None
        if index is not None:
            yield bookmark.get_title(), bookmark.level, index


def _defined_label(document: Any, index: int) -> str | None:
    """The label that the file itself defines for a page."""
    label: str = document.get_page_label(index)
    return label or None


def _properties(document: Any) -> dict[str, str]:
    """Title, author, subject and creation day from the file's metadata, those that it has."""
    values = document.get_metadata_dict(skip_empty=True)
    found = {name.lower(): " ".join(values[name].split()) for name in ("Title", "Author", "Subject") if name in values}
    created = re.match(r"D:(\d{4})(\d\d)?(\d\d)?", values.get("CreationDate", ""))
    if created:
        found["created"] = "-".join(part for part in created.groups() if part)
    return {name: value for name, value in found.items() if value}
