"""Bytes in from outside: files, packages (zip) and XML, each with limits, nothing resolved and nothing fetched."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from pathlib import Path

import lxml.etree as etree

from ingest.source import UnreadableDocument

MAX_BYTES = 100 * 1024 * 1024  # of a file
MAX_UNPACKED = 500 * 1024 * 1024  # of all parts of a package together, by what it says of itself
MAX_PART = 100 * 1024 * 1024  # of one part that is read
MAX_ENTRIES = 10_000
MAX_RATIO = 200  # unpacked to packed, of parts above SMALL_PART; spreadsheets reach 50, deflate ends at 1,032
SMALL_PART = 1024 * 1024
MAX_MARKS = 1_500_000  # "<" in a part or page: a parsed tree is many times its text

_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_PLAIN_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252", b"utf-16"}


def unreadable(path: Path, trouble: str, remedy: str) -> UnreadableDocument:
    """The error for a file that can't be read: one line with the file, the trouble and the remedy."""
    name = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(path))
    return UnreadableDocument(f"{name}: {trouble}; {remedy}")


def check_file(path: Path) -> int:
    """The size in bytes of a file that may be read; UnreadableDocument for whatever else is at `path`."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise unreadable(path, "there is no such file", "check the path") from None
    except (OSError, ValueError) as error:
        raise _not_opened(path, error) from None
    if stat.S_ISDIR(status.st_mode):
        raise unreadable(path, "is a folder, not a file", "name a file in it, or ingest the folder")
    if not stat.S_ISREG(status.st_mode):
        raise unreadable(path, "is not an ordinary file", "copy the document to a file")
    if status.st_size == 0:
        raise unreadable(path, "is empty", "export or copy the document again")
    if status.st_size > MAX_BYTES:
        size, limit = status.st_size / 1024**2, MAX_BYTES / 1024**2
        raise unreadable(
            path, f"is {size:.0f} MB, more than the {limit:.0f} MB read", "split it or leave out its images"
        )
    return status.st_size


def file_bytes(path: Path, most: int | None = None) -> bytes:
    """What a file holds, or its first `most` bytes."""
    check_file(path)
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES if most is None else most)
    except (OSError, ValueError) as error:
        raise _not_opened(path, error) from None


def _not_opened(path: Path, error: Exception) -> UnreadableDocument:
    if isinstance(error, PermissionError):
        return unreadable(path, "may not be read by this user", "give read permission to it and to its folders")
    if isinstance(error, OSError) and error.strerror and "symbolic link" in error.strerror:
        return unreadable(path, "is a symbolic link that leads back to itself", "point it at the document")
    reason = (error.strerror or "") if isinstance(error, OSError) else str(error)
    return unreadable(path, f"can't be opened ({reason.lower() or 'unknown reason'})", "check the path and the disk")


class Package:
    """The parts of an Office Open XML file, unpacked one at a time within the limits."""

    def __init__(self, path: Path) -> None:
        check_file(path)
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError, EOFError):
            raise self._damaged() from None
        except OSError as error:
            raise _not_opened(path, error) from None
        try:
            self._check_sizes()
        except BaseException:
            self._zip.close()
            raise
        self.names = frozenset(self._zip.namelist())

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *exception: object) -> None:
        self._zip.close()

    def _damaged(self) -> UnreadableDocument:
        return unreadable(self.path, "is damaged or cut short", "copy it again, or open and save it anew")

    def _check_sizes(self) -> None:
        entries = self._zip.infolist()
        packed = sum(entry.compress_size for entry in entries)
        if (
            len(entries) > MAX_ENTRIES
            or sum(entry.file_size for entry in entries) > MAX_UNPACKED
            or packed > self.path.stat().st_size  # entries that share their bytes
            or any(
                entry.file_size > max(SMALL_PART, MAX_RATIO * entry.compress_size)
                for entry in entries
                if "/media/" not in entry.filename  # a white picture packs to nothing, and none is read
            )
        ):
            raise unreadable(self.path, "unpacks to far more than a document does", "save it anew without its images")
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise unreadable(self.path, "is encrypted", "save it without a password")

    def read(self, name: str) -> bytes:
        """The bytes of a part; UnreadableDocument when it is missing, damaged or larger than it says."""
        try:
            with self._zip.open(name) as part:
                data = part.read(MAX_PART + 1)
        except (KeyError, OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
            raise self._damaged() from None  # NotImplementedError, of rare compressions, is a RuntimeError
        if len(data) > MAX_PART:
            raise unreadable(self.path, "unpacks to far more than a document does", "save it anew in smaller parts")
        return data

    def xml(self, name: str) -> etree._Element:
        """A part parsed as XML; a part with a document type or entities of its own is refused."""
        return parse_xml(self.read(name), self.path)


def check_declarations(data: bytes, path: Path) -> None:
    """Refuse XML that declares a document type or entities, in whatever encoding that could hide them."""
    start = data[:200]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start[:4]:
        data = data.replace(b"\x00", b"")
    named = _ENCODING.match(data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\xfe\xff \t\r\n"))
    odd = named is not None and named[1].lower() not in _PLAIN_ENCODINGS
    if odd or _DECLARATION.search(data):
        raise unreadable(path, "holds XML entities, which no document needs", "open it in its program and save it anew")


def parse_xml(data: bytes, path: Path) -> etree._Element:
    """XML parsed with no document type, no entities, no network and a bounded depth."""
    check_declarations(data, path)
    if data.count(b"<") > MAX_MARKS:
        raise unreadable(path, "is far larger than a document", "split it into several files")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise unreadable(path, "holds broken XML", "open it in its program and save it anew") from None
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise unreadable(path, "holds XML entities, which no document needs", "open it in its program and save it anew")
    return root


def office_properties(package: Package) -> dict[str, str]:
    """The core properties of an Office file (title, author, subject, keywords, created, …) and the company."""
    names = {"creator": "author", "lastModifiedBy": "modified by", "Company": "company"}
    wanted = ("title", "subject", "keywords", "description", "category", "created", "modified", *names)
    found: dict[str, str] = {}
    for part in ("docProps/core.xml", "docProps/app.xml"):
        for element in package.xml(part) if part in package.names else ():
            name, words = element.tag.rpartition("}")[2], " ".join("".join(element.itertext()).split())
            if words and name in wanted:
                found[names.get(name, name)] = words
    return found
