"""The door: what a file is, by its content first and its extension second, and who reads it."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from ingest.readers.files import Package, file_bytes, unreadable
from ingest.readers.stored import TooLargeError
from ingest.readers.text import decode
from ingest.source import Source, UnreadableDocument

SUPPORTED = (".pdf", ".docx", ".html", ".htm", ".xlsx", ".xlsm", ".csv", ".tsv", ".md", ".markdown", ".txt")

_HEAD = 8192  # bytes that tell what a file is
_BY_EXTENSION = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "sheet",
    ".xlsm": "sheet",
    ".csv": "csv",
    ".tsv": "csv",
    ".md": "text",
    ".markdown": "text",
    ".txt": "text",
}
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"BM", b"\x00\x00\x01\x00")
_SAVE_AS = "open it and save it as .docx or .pdf"


def read_source(path: Path) -> Source:
    """Read a document of any supported kind; UnreadableDocument, one line, when it can't be read."""
    kind = kind_of(path)
    try:
        source = _reader(kind)(path)
    except (RecursionError, MemoryError, TooLargeError):
        raise unreadable(path, "is far larger than a document", "split it into several files") from None
    if not source.text.strip():
        raise unreadable(path, "holds no words", "if it is a scan, run text recognition (OCR) on it first")
    return source


def _reader(kind: str) -> Callable[[Path], Source]:
    # Imported when needed: a command that reads one text file should not load a PDF engine.
    if kind == "pdf":
        from ingest.readers.pdf import read_pdf

        return read_pdf
    if kind == "docx":
        from ingest.readers.docx import read_docx

        return read_docx
    if kind == "html":
        from ingest.readers.html import read_html

        return read_html
    if kind in ("sheet", "csv"):
        from ingest.readers.sheet import read_sheet

        return read_sheet
    from ingest.readers.text import read_text

    return read_text


def kind_of(path: Path) -> str:
    """What a file is: "pdf", "docx", "html", "sheet", "csv" or "text"; UnreadableDocument when none of them."""
    head = file_bytes(path, _HEAD)
    expected = _BY_EXTENSION.get(path.suffix.lower())
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"%PDF-") or (expected == "pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _kind_of_package(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _compound_file(path)
    if head.startswith(b"{\\rtf"):
        raise unreadable(path, "is Rich Text (.rtf)", _SAVE_AS)
    if (head.startswith(_IMAGES) and b"\x00" in head) or head[4:8] == b"ftyp":
        raise unreadable(path, "is an image or a recording", "run text recognition (OCR) on it and save it as .pdf")
    decoded = decode(head if len(head) < _HEAD else head[: _HEAD - _HEAD % 2])
    text = decoded[0].lstrip("\ufeff") if decoded else ""
    if expected == "html" or _HTML.match(text):
        return "html"
    if re.match(r"\s*<\?xml\b", text) and expected != "text":
        raise unreadable(path, "is XML of a kind that is not read", _SAVE_AS)
    if text.startswith("MIME-Version:"):
        raise unreadable(path, "is a web archive", _SAVE_AS)
    if expected in ("csv", "text"):
        return expected
    if expected:
        raise unreadable(path, f"is not what its name says ({path.suffix})", "export or copy the document again")
    raise unreadable(path, "is of a kind that is not read", f"save it as one of {' '.join(SUPPORTED)}")


def _kind_of_package(path: Path) -> str:
    with Package(path) as package:
        names = package.names
        if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):  # the web Word numbers it
            return "docx"
        if "xl/workbook.xml" in names:
            return "sheet"
        if "xl/workbook.bin" in names:
            raise unreadable(path, "is a binary Excel workbook (.xlsb)", "open it and save it as .xlsx")
        if "mimetype" in names and b"opendocument" in package.read("mimetype"):
            raise unreadable(path, "is an OpenDocument file", "open it and save it as .docx, .xlsx or .pdf")
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names) or "Index.zip" in names:
        raise unreadable(path, "is a Pages or Numbers document", "open it and export it as .docx, .xlsx or .pdf")
    if "ppt/presentation.xml" in names:
        raise unreadable(path, "is a presentation", "open it and save it as .pdf")
    if "[Content_Types].xml" in names:
        raise unreadable(path, "is an Office file whose document is missing", "open it and save it anew")
    raise unreadable(path, "is an archive", "unpack it and ingest what is in it")


def _compound_file(path: Path) -> UnreadableDocument:
    """The error for an OLE file, told apart by the names in its directory, which are UTF-16."""
    data = file_bytes(path)

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return unreadable(path, "is protected by a password", "open it and save it without one")
    if holds("WordDocument"):
        return unreadable(path, "is an old Word document (.doc)", "open it and save it as .docx")
    if holds("Workbook") or holds("Book"):
        return unreadable(path, "is an old Excel workbook (.xls)", "open it and save it as .xlsx")
    return unreadable(path, "is an old Office file", "open it and save it as .docx, .xlsx or .pdf")


class Found(NamedTuple):
    """A file in what was ingested: its document name (the path inside it, with "/") and where it is."""

    name: str
    path: Path


def documents_under(path: Path) -> Iterator[Found]:
    """The supported files of a folder, sorted; a file given by itself is found under its own name, whatever it is."""
    if not os.path.isdir(path):
        yield Found(_printable(path.name), path)
        return
    for found, supported in _files_under(path):
        if supported:
            yield found


def left_out_under(path: Path) -> Iterator[Found]:
    """What `documents_under` leaves out and a person should hear of: files not supported, folders not opened."""
    if os.path.isdir(path):
        for found, supported in _files_under(path):
            if not supported:
                yield found


def _files_under(root: Path) -> Iterator[tuple[Found, bool]]:
    top = root.resolve()
    seen: set[Path] = {top}

    def walk(folder: Path, prefix: str) -> Iterator[tuple[Found, bool]]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            yield Found(prefix or _printable(folder.name), folder), False
            return
        for entry in entries:
            if _passed_over(entry.name):
                continue
            path, name = folder / entry.name, prefix + _printable(entry.name)
            if not os.path.isdir(path):
                yield Found(name, path), path.suffix.lower() in SUPPORTED
                continue
            target = path.resolve()
            inside = target.is_relative_to(top) and not any(map(_passed_over, target.relative_to(top).parts))
            # A link to a folder of this tree adds nothing: its documents come under their own names.
            if target not in seen and not (path.is_symlink() and inside):
                seen.add(target)
                yield from walk(path, name + "/")

    yield from walk(root, "")


def _passed_over(name: str) -> bool:
    """Hidden files, lock files and what systems leave in folders."""
    return name.startswith((".", "~$", "~WRL", "__MACOSX")) or name in ("Thumbs.db", "desktop.ini", "Icon\r")


def _printable(name: str) -> str:
    """A file name that any store can keep: composed letters, no bytes that are not UTF-8."""
    return unicodedata.normalize("NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
