"""Word documents (.docx): paragraphs and tables in the order of the body, as the document shows them accepted.

Read from the parts themselves (WordprocessingML, ECMA-376 part 1, chapter 17), so that nothing is resolved or
fetched and numbering, text boxes, notes and tracked changes are read as Word would print them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.readers.docx_styles import BULLET, Numbering, Style, Styles, W, direct, over, switched_on, value, whole
from ingest.readers.files import Package, office_properties, parse_xml
from ingest.readers.stored import MAX_CELLS, StoredText, TooLargeError, fold
from ingest.source import Source

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # ISO strict, the same elements
_TRANSITIONAL = W[1:-1].encode()
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MOST_COLUMNS = 100  # Word allows 63; a larger span is damage
_HEADER_ROWS = 3
_THROUGH = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")} | {
    _MC + "AlternateContent",
    _MC + "Choice",
}
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_CHARTS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
)


def read_docx(path: Path) -> Source:
    """A Word document as a source; pages are numbered only where Word has stored where it broke them."""
    with Package(path) as package:
        parts = _parts(package)
        main = parts["officeDocument"][0]
        root = _xml(package, main)
        one = {kind: _xml(package, names[0]) for kind, names in parts.items() if kind in _SINGLE}
        reader = _Reader(
            Styles(one.get("styles")),
            Numbering(one.get("numbering")),
            {kind: _notes(one.get(kind)) for kind in ("footnotes", "endnotes")},
            _section_types(root),
        )
        reader.body(root.find(W + "body"))
        paged = next(root.iter(W + "lastRenderedPageBreak"), None) is not None
        notes = tuple(reader.notes(paged))
        properties = office_properties(package) | {
            kind: words
            for kind in ("header", "footer")
            if (words := _margin(reader, [_xml(package, name) for name in parts.get(kind, ())]))
        }
    return reader.stored.source(properties, notes, paged=paged)


_SINGLE = ("styles", "numbering", "footnotes", "endnotes")


def _xml(package: Package, name: str) -> Any:
    return parse_xml(package.read(name).replace(_STRICT, _TRANSITIONAL), package.path)


def _parts(package: Package) -> dict[str, list[str]]:
    """The parts that the document is related to, by the last word of the relation's type; never external ones."""
    found = {"officeDocument": ["word/document.xml"]}
    if "_rels/.rels" in package.names:
        found |= {k: v for k, v in _related(package, "_rels/.rels", "").items() if k == "officeDocument"}
    folder, name = posixpath.split(found["officeDocument"][0])
    relations = f"{folder}/_rels/{name}.rels"
    if relations in package.names:
        found = _related(package, relations, folder) | {"officeDocument": found["officeDocument"]}
    return found


def _related(package: Package, relations: str, folder: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for relation in package.xml(relations).iter(_RELATION):
        name = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip("/")
        if relation.get("TargetMode") != "External" and name in package.names:
            found.setdefault(relation.get("Type", "").rpartition("/")[2], []).append(name)
    return found


def _notes(root: Any | None) -> dict[str, Any]:
    """Footnotes or endnotes by id, without the lines that separate them from the text."""
    return {
        note.get(W + "id"): note
        for note in (() if root is None else root)
        if note.get(W + "type") in (None, "normal") and note.get(W + "id") is not None
    }


def _margin(reader: _Reader, parts: list[Any]) -> str:
    """The words of all headers or all footers, each once."""
    found = dict.fromkeys(filter(None, (fold(reader.block_words(part)).replace("\t", " ") for part in parts)))
    return " | ".join(found)[:500]


@dataclass(slots=True)
class _Content:
    """What runs hold: words (a "\\n" breaks the line, a "\\f" the page), their look, and what hangs on them."""

    words: list[str] = field(default_factory=list)
    looks: list[tuple[int, bool, float | None]] = field(default_factory=list)  # length, bold, size
    notes: list[Any] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.words)

    @property
    def bold(self) -> bool:
        return bool(self.looks) and all(bold for _, bold, _ in self.looks)

    @property
    def size(self) -> float | None:
        return max(self.looks, key=lambda look: look[0])[2] if self.looks else None


@dataclass(slots=True)
class _TableRow:
    cells: list[str]
    bold: bool
    marked: bool  # as a header
    spanning: bool
    before: int  # page breaks
    within: int


class _Reader:
    """Walks a document once, in order: list counters and page breaks depend on what came before."""

    def __init__(
        self, styles: Styles, numbering: Numbering, notes: dict[str, dict[str, Any]], sections: list[str]
    ) -> None:
        self.stored = StoredText()
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._sections = sections
        self._section = 0
        self._just_broke = False  # an explicit page break has come and no words since
        self._pictures = 0
        self._charts = 0
        self._foreign = 0

    def notes(self, paged: bool) -> Iterator[str]:
        """What could not be read, a sentence each."""
        if not paged:
            yield "The file does not tell where its pages end, so nothing in it has a page number."
        for count, what in ((self._pictures, "picture"), (self._charts, "chart"), (self._foreign, "embedded file")):
            if count:
                yield f"The words in {count} {what}{'s' if count > 1 else ''} were not read."

    def body(self, parent: Any) -> None:
        """Store the paragraphs and tables of a body, a text box or a one-column table's cell."""
        blocks = [] if parent is None else list(self._blocks(parent))
        caption = ""
        for n, block in enumerate(blocks):
            if block.tag == W + "tbl":
                self._table(block, caption)
                caption = ""
                continue
            content, style, mark = self._paragraph(block)
            if style.named("caption", "beskrivning") and _stands_over_table(blocks, n):
                lead, text = _leading_breaks(content.text)
                for _ in range(lead):
                    self.stored.page_break()
                caption = fold(text)
                self._after(content)
                continue
            self._store(content, style, mark)

    def _blocks(self, parent: Any) -> Iterator[Any]:
        for child in parent:
            if child.tag in (W + "p", W + "tbl"):
                yield child
            elif child.tag == W + "altChunk":
                self._foreign += 1
            elif child.tag in _THROUGH and not _is_contents(child) and not _is_prompt(child):
                yield from self._blocks(child)

    def _paragraph(self, element: Any) -> tuple[_Content, Style, str]:
        """A paragraph's content, its style and the mark that its list gives it."""
        properties = element.find(W + "pPr")
        key = value(properties, "pStyle")
        style = over(direct(properties, None), self._styles.paragraph(key))
        content = _Content()
        if style.breaks_page:
            self._explicit_break(content)
        self._collect(element, style, content)
        mark = ""
        if style.number not in (None, "0", "") and (content.text.strip() or not content.boxes):
            assert style.number is not None
            depth = style.depth
            if depth is None:
                depth = self._numbering.depth_of(style.number, key)
            if content.text.strip():  # an empty paragraph shows its number in Word, but nobody reads it
                mark = self._numbering.next(style.number, depth) or ""
        elif style.number is None and style.named("list bullet"):
            mark = BULLET
        if properties is not None and properties.find(W + "sectPr") is not None:
            self._section += 1
            if self._section < len(self._sections) and self._sections[self._section] != "continuous":
                self._explicit_break(content)
        return content, style, mark

    def _store(self, content: _Content, style: Style, mark: str) -> None:
        if not style.names or not style.names[0].startswith(("toc ", "innehåll ", "table of figures")):
            text = content.text
            lead, text = _leading_breaks(text)
            for _ in range(lead):
                self.stored.page_break()
            if style.level:
                marked = f"{mark if mark != BULLET else ''} {text}".replace("\n", " ")
                self.stored.line(marked, style.level, content.size, content.bold)
            else:
                for n, part in enumerate(text.split("\n")):
                    self.stored.line(f"{mark} {part}" if mark and n == 0 else part, None, content.size, content.bold)
        self._after(content)

    def _after(self, content: _Content) -> None:
        """Store what hangs on a paragraph: its text boxes, then its notes."""
        for box in content.boxes:
            self.body(box)
        for note in content.notes:
            self.stored.line(self.block_words(note))

    def _explicit_break(self, content: _Content) -> None:
        content.words.append("\n\f")
        self._just_broke = True

    def _collect(self, element: Any, style: Style, into: _Content) -> None:
        """Gather what the runs under `element` show; `style` is that of the paragraph."""
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, style, into)
            elif tag == _MATH_TEXT:
                self._add(child.text or "", style, into)
            elif tag == _MC + "AlternateContent":
                chosen = child.find(_MC + "Choice")
                self._collect(chosen if chosen is not None else child, style, into)
            elif tag not in (W + "pPr", W + "del", W + "moveFrom", W + "rt") and not _is_prompt(child):
                self._collect(child, style, into)

    def _run(self, run: Any, style: Style, into: _Content) -> None:
        properties = run.find(W + "rPr")
        key = value(properties, "rStyle")
        look = style
        if properties is not None:
            look = over(direct(None, properties), over(self._styles.named(key), style) if key else style)
        if not look.hidden:
            self._run_content(run, look, into)

    def _run_content(self, parent: Any, look: Style, into: _Content) -> None:
        for child in parent:
            name = child.tag.removeprefix(W)
            if name == "t":
                self._add(child.text or "", look, into)
            elif name in ("tab", "ptab"):
                into.words.append("\t")
            elif name == "br" and child.get(W + "type") == "page":
                self._explicit_break(into)
            elif name in ("br", "cr"):
                into.words.append("\n")
            elif name == "noBreakHyphen":
                self._add("-", look, into)
            elif name == "sym":
                self._add(_symbol(child.get(W + "char", "")), look, into)
            elif name == "lastRenderedPageBreak":
                # Word marks the page after an explicit break as well: the two are one break.
                if not self._just_broke:
                    into.words.append("\f")
                self._just_broke = False
            elif name in ("footnoteReference", "endnoteReference"):
                note = self._notes[name.replace("Reference", "s")].get(child.get(W + "id"))
                if note is not None:
                    into.notes.append(note)
            elif name == "ruby":
                self._collect(child.find(W + "rubyBase") if child.find(W + "rubyBase") is not None else (), look, into)
            elif name in ("drawing", "pict", "object"):
                self._drawing(child, into)
            elif child.tag == _MC + "AlternateContent":
                chosen = child.find(_MC + "Choice")
                chosen = chosen if chosen is not None else child.find(_MC + "Fallback")
                if chosen is not None:
                    self._run_content(chosen, look, into)

    def _add(self, words: str, look: Style, into: _Content) -> None:
        words = words.replace("\f", " ")
        into.words.append(words)
        if words.strip():
            into.looks.append((len(words), bool(look.bold), look.size))
            self._just_broke = False

    def _drawing(self, element: Any, into: _Content) -> None:
        self._just_broke = False
        boxes = [box for box in element.iter(W + "txbxContent") if not _within(box, W + "txbxContent", element)]
        into.boxes.extend(boxes)
        if not boxes:
            self._pictures += any(next(element.iter(tag), None) is not None for tag in _PICTURES)
            self._charts += any(next(element.iter(tag), None) is not None for tag in _CHARTS)

    def block_words(self, parent: Any) -> str:
        """The words of the blocks under `parent` in one line: a cell, a note, a page header."""
        content = self._cell(parent)
        return content.text.replace("\f", "")

    def _cell(self, parent: Any) -> _Content:
        """Everything in a table cell as one run of words; nested tables and text boxes are flattened into it."""
        whole_cell = _Content()
        for block in self._blocks(parent):
            if block.tag == W + "tbl":
                parts = [self._cell(cell) for row in _through(block, "tr") for cell in _through(row, "tc")]
            else:
                content, _, mark = self._paragraph(block)
                if mark and content.text.strip():
                    lead, text = _leading_breaks(content.text)
                    content.words = ["\f" * lead, mark, " ", text]
                parts = [content, *(self._cell(box) for box in content.boxes)]
            for part in parts:
                whole_cell.words += [part.text, "\n"]
                whole_cell.looks += part.looks
                whole_cell.notes += part.notes
        return whole_cell

    def _table(self, table: Any, caption: str) -> None:
        rows = [row for row in _through(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
        if all(len(list(_through(row, "tc"))) <= 1 for row in rows):
            # One column is a frame around running text, not a table.
            self.stored.line(caption)
            for row in rows:
                for cell in _through(row, "tc"):
                    self.body(cell)
            return
        notes: list[Any] = []
        read: list[_TableRow] = []
        count = 0
        for row in rows:
            read.append(self._row(row, notes))
            count += len(read[-1].cells)
            if count > MAX_CELLS:
                raise TooLargeError
        header = self._header_rows(table, read)
        breaks, made = 0, []
        for made_row in read:
            made.append((made_row.cells, breaks + made_row.before))
            breaks = made_row.within
        if caption:
            self.stored.words(caption)
        self.stored.grid_row_by_row(made, header, caption)
        for _ in range(breaks):
            self.stored.page_break()
        for note in notes:
            self.stored.line(self.block_words(note))

    def _row(self, row: Any, notes: list[Any]) -> _TableRow:
        """A row's words by grid column; what is merged stands in its first cell alone."""
        properties = row.find(W + "trPr")
        cells = [""] * min(whole(value(properties, "gridBefore")) or 0, _MOST_COLUMNS)
        looks: list[bool] = []
        before = total = 0
        spanning = False
        broke = self._just_broke
        for cell in _through(row, "tc"):
            about = cell.find(W + "tcPr")
            self._just_broke = broke  # each cell tells the same page break for itself
            content = self._cell(cell)
            lead, text = _leading_breaks(content.text)
            before, total = max(before, lead), max(total, lead + text.count("\f"))
            continued = any(value(about, merge) in ("", "continue") for merge in ("vMerge", "hMerge"))
            span = min(max(whole(value(about, "gridSpan")) or 1, 1), _MOST_COLUMNS)
            spanning = spanning or span > 1
            cells += ["" if continued else text.replace("\f", ""), *[""] * (span - 1)]
            looks += [bold for _, bold, _ in content.looks]
            notes += content.notes
        marked = bool(switched_on(properties, "tblHeader"))
        return _TableRow(cells, bool(looks) and all(looks), marked, spanning, before, total - before)

    def _header_rows(self, table: Any, rows: list[_TableRow]) -> int:
        """How many leading rows are headers: marked so, else bold by themselves or by the table's style."""
        marked = next((n for n, row in enumerate(rows) if not row.marked), len(rows))
        if marked:
            return marked if marked < len(rows) else 1
        if len(rows) < 2:
            return 0
        bold = 0
        for row in rows[: min(_HEADER_ROWS, len(rows) - 1)]:
            # A second bold row is a header only under one that spans it; else it is a bold row of the body.
            if not row.bold or (bold and not rows[bold - 1].spanning):
                break
            bold += 1
        if bold or all(row.bold for row in rows):
            return bold if not all(row.bold for row in rows) else 0
        about = table.find(W + "tblPr")
        look = None if about is None else about.find(W + "tblLook")
        flags = "" if look is None else look.get(W + "val", "")
        first_row = look is not None and (
            look.get(W + "firstRow") in ("1", "true", "on")
            or (re.fullmatch("[0-9A-Fa-f]{1,8}", flags) is not None and int(flags, 16) & 0x20 != 0)
        )
        return 1 if first_row and self._styles.header_row_bold(value(about, "tblStyle")) else 0


def _section_types(root: Any) -> list[str]:
    """How each section of a document begins; former properties kept by change tracking aside."""
    return [
        value(section, "type") or "nextPage"
        for section in root.iter(W + "sectPr")
        if section.getparent().tag != W + "sectPrChange"
    ]


def _through(parent: Any, name: str) -> Iterator[Any]:
    """The children `w:name`, through content controls and accepted insertions."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in _THROUGH:
            yield from _through(child, name)


def _is_contents(element: Any) -> bool:
    """True for a generated table of contents: it repeats the headings."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"


def _is_prompt(element: Any) -> bool:
    """True for a content control that nobody has filled in and that shows what to write."""
    return element.tag == W + "sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _stands_over_table(blocks: list[Any], n: int) -> bool:
    """True when the next block with words is a table."""
    for block in blocks[n + 1 :]:
        if block.tag == W + "tbl":
            return True
        if any((text.text or "").strip() for text in block.iter(W + "t")):
            return False
    return False


def _within(element: Any, tag: str, top: Any) -> bool:
    """True when an ancestor below `top` has the tag, or the element is the older twin of one that is read."""
    for ancestor in element.iterancestors():
        if ancestor is top:
            return False
        if ancestor.tag in (tag, _MC + "Fallback"):
            return True
    return False


def _leading_breaks(text: str) -> tuple[int, str]:
    """How many page breaks stand before the first word, and the text without them."""
    words = text.lstrip()
    lead = text[: len(text) - len(words)]
    return lead.count("\f"), words


def _symbol(code: str) -> str:
    """A character of a symbol font: bullets as a bullet, the rest as itself."""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return BULLET if "\uf000" <= character <= "\uf0ff" else character
