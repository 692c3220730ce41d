"""What can't be read is refused in one line that names the file and the remedy; nothing is resolved or fetched."""

from __future__ import annotations

import os
import resource
import socket
import struct
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl.workbook import Workbook  # type: ignore[attr-defined]
from reportlab.pdfgen import canvas

from ingest.readers import files, stored
from ingest.readers.open import SUPPORTED, documents_under, kind_of, left_out_under, read_source
from ingest.source import UnreadableDocument

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection fails the test."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def refusal(path: Path) -> str:
    """The message with which a file is refused, of the right form, in bounded time."""
    began = time.process_time()
    with pytest.raises(UnreadableDocument) as caught:
        read_source(path)
    assert time.process_time() - began < 5
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(f"{path}: ")
    assert "; " in message
    return message


def zipped(path: Path, parts: dict[str, str]) -> Path:
    """A package of parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def word(path: Path, words: str = "Ett mål") -> Path:
    document = docx.Document()
    document.add_paragraph(words)
    document.save(str(path))
    return path


def excel(path: Path) -> Path:
    book: Any = Workbook()  # type: ignore[no-untyped-call]
    book.active.append(["Post", "Kostnad"])
    book.active.append(["Lön", 5])
    book.save(path)
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The same package with one part replaced or added."""
    with zipfile.ZipFile(path) as old:
        parts = {entry: old.read(entry) for entry in old.namelist()} | {name: content}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry, data in parts.items():
            new.writestr(entry, data)
    return path


@pytest.mark.parametrize("extension", SUPPORTED)
@pytest.mark.parametrize("content", [b"", b" \n\t\r\n \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(tmp_path: Path, extension: str, content: bytes) -> None:
    """Nothing, blanks and a lone byte order mark are no document, whatever the extension."""
    path = tmp_path / f"plan{extension}"
    path.write_bytes(content)
    refusal(path)


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("plan.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("plan.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("plan.doc", OLE + "WordDocument".encode("utf-16-le"), "save it as .docx"),
        ("plan.docx", OLE + "WordDocument".encode("utf-16-le"), "save it as .docx"),
        ("plan.xls", OLE + "Workbook".encode("utf-16-le"), "save it as .xlsx"),
        ("plan.msg", OLE, "save it as .docx"),
        ("plan.rtf", b"{\\rtf1\\ansi Ett m\\'e5l}", "save it as .docx"),
        ("plan.doc", b"{\\rtf1\\ansi Ett m\\'e5l}", "save it as .docx"),
        ("plan.png", PNG, "OCR"),
        ("plan.pdf", PNG, "OCR"),
        ("plan.txt", PNG, "OCR"),
        ("plan.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "OCR"),
        ("plan.txt", bytes(range(256)) * 64, "save it as"),
        ("plan.csv", os.urandom(4096), "save it as"),
        ("plan.txt", b"\x00" * 4096, "save it as"),
        ("plan.docx", b"Bara text\n", "again"),
        ("plan.pdf", b"Bara text\n", "again"),
        ("plan.xml", b"<?xml version='1.0'?><plan/>", "save it as .docx"),
        ("plan.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "save it as .docx"),
        ("plan.json", b'{"plan": 1}', ".docx"),
        ("plan", b"Bara text\n", ".txt"),
        ("plan.docx", b"PK\x03\x04", "copy it again"),
        ("plan.xlsx", b"PK\x03\x04" + b"\x00" * 500, "copy it again"),
    ],
)
def test_what_is_no_document_is_refused_with_a_remedy(tmp_path: Path, name: str, content: bytes, remedy: str) -> None:
    """Locked, old, foreign and damaged files each say what to do."""
    path = tmp_path / name
    path.write_bytes(content)
    assert remedy in refusal(path)


@pytest.mark.parametrize(
    ("name", "parts", "remedy"),
    [
        ("plan.odt", {"mimetype": "application/vnd.oasis.opendocument.text"}, "save it as .docx"),
        ("plan.docx", {"mimetype": "application/vnd.oasis.opendocument.text"}, "save it as .docx"),
        ("plan.pages", {"Index/Document.iwa": "x"}, "export it as .docx"),
        ("plan.pptx", {"ppt/presentation.xml": "<p/>", "[Content_Types].xml": "<Types/>"}, "save it as .pdf"),
        ("plan.xlsb", {"xl/workbook.bin": "x"}, "save it as .xlsx"),
        ("plan.zip", {"plan.txt": "Ett mål"}, "unpack it"),
        ("plan.docx", {"[Content_Types].xml": "<Types/>"}, "save it anew"),
        ("plan.docx", {"word/document.xml": "<w:document"}, "save it anew"),
        ("plan.docx", {"word/document.xml": "<w/>"}, "no words"),
        ("plan.xlsx", {"xl/workbook.xml": "<workbook/>"}, "save it anew"),
    ],
)
def test_packages_that_are_no_document_are_refused(
    tmp_path: Path, name: str, parts: dict[str, str], remedy: str
) -> None:
    """Other programs' packages, archives and packages with parts missing or broken say what to do."""
    assert remedy in refusal(zipped(tmp_path / name, parts))


@pytest.mark.parametrize("make", [word, excel])
@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_a_truncated_package_is_refused(tmp_path: Path, make: Any, kept: float) -> None:
    """A package whose end is missing is told to be cut short."""
    path = make(tmp_path / ("plan.docx" if make is word else "plan.xlsx"))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    assert "cut short" in refusal(path)


@pytest.mark.parametrize("make", [word, excel])
def test_damage_inside_a_package_is_refused_or_harmless(tmp_path: Path, make: Any) -> None:
    """Overwriting a stretch of a package never gives another error than a refusal."""
    path = make(tmp_path / ("plan.docx" if make is word else "plan.xlsx"))
    whole = path.read_bytes()
    for at in range(0, len(whole) - 40, max(len(whole) // 40, 1)):
        path.write_bytes(whole[:at] + b"\xa5" * 40 + whole[at + 40 :])
        try:
            read_source(path)
        except UnreadableDocument as error:
            assert str(path) in str(error)  # noqa: PT017  (both outcomes are right)


@pytest.mark.parametrize(
    ("name", "made"), [("plan.txt", "docx"), ("plan.pdf", "docx"), ("plan.csv", "xlsx"), ("plan", "xlsx")]
)
def test_a_wrong_extension_does_not_matter(tmp_path: Path, name: str, made: str) -> None:
    """A Word or Excel file is read as what it is, whatever it is called."""
    path = (word if made == "docx" else excel)(tmp_path / f"x.{made}").rename(tmp_path / name)
    assert ("Ett mål" if made == "docx" else "Lön 5") in read_source(path).text


def test_a_web_page_in_disguise_is_read_as_a_page(tmp_path: Path) -> None:
    """What old systems export as .xls or .doc is often HTML."""
    path = tmp_path / "plan.xls"
    path.write_text("<!-- x -->\n<HTML><table><tr><td>Post<td>Kostnad<tr><td>Lön<td>5</table>", encoding="utf-8")
    assert read_source(path).text == "Post Kostnad\nLön 5\n"


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    """A sparse file of 200 MB is refused by its size."""
    path = tmp_path / "plan.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024**2)
    assert "200 MB" in refusal(path)


def test_the_limit_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is one constant of a module."""
    monkeypatch.setattr(files, "MAX_BYTES", 1024)
    path = tmp_path / "plan.txt"
    path.write_text("Ett mål\n" * 1000)
    refusal(path)


def test_more_lines_or_cells_than_any_plan_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would fill memory as lines and cells is refused before it does."""
    monkeypatch.setattr(stored, "MAX_CELLS", 100)
    path = tmp_path / "plan.csv"
    path.write_text("a;b\n" * 51)
    assert "larger than a document" in refusal(path)
    path = tmp_path / "plan.txt"
    path.write_text("a\n" * (stored.MAX_LINES + 1))
    assert "larger than a document" in refusal(path)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "docProps/core.xml"])
def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path, part: str) -> None:
    """A part that packs two hundred times smaller than it is, is no document's."""
    path = with_part(word(tmp_path / "plan.docx"), part, b"<a>" + b" " * 50_000_000 + b"</a>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "unpacks to far more" in refusal(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB


def test_a_zip_bomb_in_a_workbook_is_refused(tmp_path: Path) -> None:
    """The workbook reader stands behind the same limits."""
    path = with_part(excel(tmp_path / "plan.xlsx"), "xl/sharedStrings.xml", b"<a>" + b" " * 50_000_000 + b"</a>")
    assert "unpacks to far more" in refusal(path)


def test_a_package_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    """Ten thousand parts are the most."""
    path = tmp_path / "plan.docx"
    with zipfile.ZipFile(path, "w") as file:
        for n in range(files.MAX_ENTRIES + 1):
            file.writestr(f"word/document{n}.xml", "")
    assert "unpacks to far more" in refusal(path)


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    """A directory that says ten bytes where a megabyte unpacks does not get the megabyte read."""
    path = with_part(word(tmp_path / "plan.docx"), "word/document.xml", b"<a>" + bytes(range(32, 60)) * 40_000)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"word/document.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(data)
    refusal(path)


def xml_with_entities(root: str, entity: str = "j") -> bytes:
    return f"{BOMB}]><{root} xmlns:w='{W}'>&{entity};</{root}>".encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize(
    ("make", "name", "part"),
    [
        (word, "plan.docx", "word/document.xml"),
        (word, "plan.docx", "word/styles.xml"),
        (word, "plan.docx", "_rels/.rels"),
        (word, "plan.docx", "docProps/core.xml"),
        (excel, "plan.xlsx", "xl/workbook.xml"),
        (excel, "plan.xlsx", "xl/sharedStrings.xml"),
        (excel, "plan.xlsx", "xl/worksheets/sheet1.xml"),
        (excel, "plan.xlsx", "[Content_Types].xml"),
    ],
)
def test_entities_in_office_files_are_refused(tmp_path: Path, make: Any, name: str, part: str, encoding: str) -> None:
    """A billion laughs, in whatever part and encoding, is refused and not expanded."""
    content = xml_with_entities("w:document").decode().encode(encoding)
    assert "entities" in refusal(with_part(make(tmp_path / name), part, content))


@pytest.mark.parametrize("encoding", ["UTF-7", "IBM037", "hz"])
def test_declarations_cannot_hide_in_an_odd_encoding(tmp_path: Path, encoding: str) -> None:
    """XML in an encoding that no Office program writes is refused."""
    content = f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode()
    refusal(with_part(word(tmp_path / "plan.docx"), "word/document.xml", content))


def test_external_entities_and_targets_are_not_opened(tmp_path: Path) -> None:
    """A file or address that a document names is never opened: entities are refused, external relations passed by."""
    (tmp_path / "secret.txt").write_text("hemligt")
    secret = (tmp_path / "secret.txt").as_uri()
    external = f"<!DOCTYPE a [<!ENTITY x SYSTEM '{secret}'>]><a xmlns:w='{W}'>&x;</a>".encode()
    assert "entities" in refusal(with_part(word(tmp_path / "a.docx"), "word/document.xml", external))
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" TargetMode="External" Target="http://127.0.0.1:9/styles.xml"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/>'
        f'<Relationship Id="r2" Target="{secret}"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"/>'
        '<Relationship Id="r3" Target="../../../../etc/hostname"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
    ).encode()
    source = read_source(with_part(word(tmp_path / "b.docx"), "word/_rels/document.xml.rels", relations))
    assert source.text == "Ett mål\n"


def test_xml_nested_too_deep_is_refused(tmp_path: Path) -> None:
    """Elements a hundred thousand deep end in a refusal, not in a crash."""
    for depth in (900, 1900, 100_000):
        nested = f"<w:document xmlns:w='{W}'><w:body>" + "<w:sdt><w:sdtContent>" * depth + "x"
        nested += "</w:sdtContent></w:sdt>" * depth + "</w:body></w:document>"
        refusal(with_part(word(tmp_path / "plan.docx"), "word/document.xml", nested.encode()))
    (tmp_path / "plan.html").write_text("<div>" * 1000 + "Ett mål", encoding="utf-8")
    assert "nested" in refusal(tmp_path / "plan.html")


def test_a_cell_far_out_in_a_sheet_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell in the last column and far down costs no more than a moment; one beyond the last row is refused."""
    book: Any = Workbook()  # type: ignore[no-untyped-call]
    book.active["A1"], book.active["XFD100000"] = "Första", "Sista"
    book.save(tmp_path / "plan.xlsx")
    assert read_source(tmp_path / "plan.xlsx").text == "Sheet\nFörsta\nSista\n"
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="999999999"><c r="A999999999" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
    )
    monkeypatch.setattr("ingest.readers.sheet.MAX_ROWS", 10_000)
    refusal(with_part(excel(tmp_path / "b.xlsx"), "xl/worksheets/sheet1.xml", sheet.encode()))


def test_paths_that_are_no_file_are_refused(tmp_path: Path) -> None:
    """A folder, a missing path, a broken or circular link and a pipe are told apart."""
    assert "folder" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / "saknas.pdf")
    (tmp_path / "bruten.txt").symlink_to(tmp_path / "borta.txt")
    assert "no such file" in refusal(tmp_path / "bruten.txt")
    (tmp_path / "ring.txt").symlink_to(tmp_path / "ring.txt")
    assert "symbolic link" in refusal(tmp_path / "ring.txt")
    os.mkfifo(tmp_path / "kö.txt")
    assert "ordinary file" in refusal(tmp_path / "kö.txt")
    refusal(tmp_path / ("a" * 400 + ".txt"))
    refusal(word(tmp_path / "plan.docx") / "inuti.txt")


def test_a_name_with_line_breaks_gives_one_line(tmp_path: Path) -> None:
    """A file name can't break the message over lines."""
    with pytest.raises(UnreadableDocument) as caught:
        read_source(tmp_path / "a\nb.txt")
    assert "\n" not in str(caught.value)


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "plan.txt"
    path.write_text("Ett mål\n")
    path.chmod(0)
    yield path
    path.chmod(0o600)


def test_a_file_that_may_not_be_read_is_refused(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing permission is told with its remedy."""
    if os.access(locked, os.R_OK):  # root may read everything: let the system say no

        def deny(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", deny)
    assert "read permission" in refusal(locked)


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    """Supported files are found sorted, named by their path in the folder; hidden and lock files are passed over."""
    for name in ("b.PDF", "a/2.docx", "a/1.txt", "ö.md", ".dold.txt", "~$a.docx", ".~lock.a.docx#", "a/.git/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "bild.png").write_text("x")
    (tmp_path / "a" / "gammal.doc").write_text("x")
    found = list(documents_under(tmp_path))
    assert [name for name, _ in found] == ["a/1.txt", "a/2.docx", "b.PDF", "ö.md"]
    assert all(path == tmp_path / name for name, path in found)
    assert [name for name, _ in left_out_under(tmp_path)] == ["a/gammal.doc", "bild.png"]


def test_a_file_is_found_under_its_own_name(tmp_path: Path) -> None:
    """A path that is no folder is found as it is, supported or not, there or not: reading it tells the trouble."""
    path = tmp_path / "djupt" / "plan.xyz"
    assert list(documents_under(path)) == [("plan.xyz", path)]
    assert list(left_out_under(path)) == []


def test_links_are_followed_once(tmp_path: Path) -> None:
    """A link to a folder outside is followed, one inside the tree or in a circle is not; nothing comes twice."""
    outside, inside = tmp_path / "ute", tmp_path / "inne"
    for folder in (outside, inside / "2026"):
        folder.mkdir(parents=True)
        (folder / "plan.txt").write_text("x")
    (inside / "aktuell").symlink_to(inside / "2026")
    (inside / "upp").symlink_to(inside)
    (inside / "ute").symlink_to(outside)
    (outside / "tillbaka").symlink_to(tmp_path)
    (inside / "ring.txt").symlink_to(inside / "ring.txt")
    assert [name for name, _ in documents_under(inside)] == ["2026/plan.txt", "ring.txt", "ute/plan.txt"]


def test_names_are_composed_and_can_be_stored(tmp_path: Path) -> None:
    """A name written with separate diacritics is composed, one with bytes that are no UTF-8 gets a replacement."""
    (tmp_path / "a\u030arsplan.txt").write_text("x")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/m\xe5l.txt")).write_text("x")
    names = [name for name, _ in documents_under(tmp_path)]
    assert sorted(names) == ["m\N{REPLACEMENT CHARACTER}l.txt", "årsplan.txt"]
    assert all(name.encode() for name in names)


def test_a_pdf_is_known_by_its_content(tmp_path: Path) -> None:
    """A PDF that is called something else, or has a blank line before it, is still read as PDF."""
    drawn: Any = canvas.Canvas(str(tmp_path / "x.pdf"))  # type: ignore[no-untyped-call]
    drawn.save()
    for name, before in (("plan.txt", b""), ("plan.docx", b"\n"), ("plan", b""), ("plan.pdf", b"HTTP/1.1 200\r\n")):
        (tmp_path / name).write_bytes(before + (tmp_path / "x.pdf").read_bytes())
        assert kind_of(tmp_path / name) == "pdf"
