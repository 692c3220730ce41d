"""A plan as a Word document, with heading styles, real tables and header rows that repeat."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from samples.content.model import Bullets, Heading, Paragraph, Plan
from samples.grids import Grid, grid_of, spaced

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def word(plan: Plan) -> bytes:
    """The file's bytes, the same each time: parts are packed with one fixed date."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(11)
    properties = document.core_properties
    properties.title = plan.title
    properties.author = plan.organisation
    properties.subject = f"Dnr {plan.reference}"
    properties.comments = ""
    properties.last_modified_by = plan.organisation
    properties.created = properties.modified = datetime.fromisoformat(plan.dated)
    _furniture(document, plan)
    _title_page(document, plan)
    for block in plan.blocks:
        if isinstance(block, Heading):
            _heading(document, block, plan.label_on_own_line)
        elif isinstance(block, Paragraph):
            document.add_paragraph(_text(block.text))
        elif isinstance(block, Bullets):
            for item in block.items:
                document.add_paragraph(_text(item), style="List Bullet")
        else:
            _table(document, grid_of(block))
    out = BytesIO()
    document.save(out)
    return _dated(out)


def _text(words: str) -> str:
    return spaced(words, NO_BREAK_SPACE)


def _furniture(document: docx.document.Document, plan: Plan) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    head.add_run("Tjänsteutlåtande").add_break()
    head.add_run("Sid ")
    _field(head, "PAGE")
    head.add_run(" (")
    _field(head, "NUMPAGES")
    head.add_run(")")
    section.footer.paragraphs[0].text = plan.contact


def _field(paragraph: WordParagraph, name: str) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()._r
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = name
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run.append(element)


def _title_page(document: docx.document.Document, plan: Plan) -> None:
    for line in (plan.organisation, f"Dnr {plan.reference}", plan.status_line):
        document.add_paragraph(line)
    title = document.add_paragraph(plan.title, style="Title")
    title.add_run().add_break(WD_BREAK.PAGE)


def _heading(document: docx.document.Document, heading: Heading, label_on_own_line: bool) -> None:
    if not heading.label:
        document.add_heading(heading.title, heading.level)
        return
    paragraph = document.add_heading(f"{heading.label}:", heading.level)
    if label_on_own_line:
        paragraph.runs[0].add_break()
        paragraph.add_run(heading.numbered)
    else:
        paragraph.add_run(f" {heading.numbered}")


def _table(document: docx.document.Document, grid: Grid) -> None:
    if grid.caption:
        document.add_paragraph(_text(grid.caption), style="Caption")
    table = document.add_table(rows=1 + len(grid.rows), cols=len(grid.header), style="Table Grid")
    head, *body = table.rows
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(repeat)
    for cell, name in zip(head.cells, grid.header, strict=True):
        cell.paragraphs[0].add_run(_text(name)).bold = True
    for row, set_row in zip(grid.rows, body, strict=True):
        cells = set_row.cells
        if row.spanning:
            whole = cells[0].merge(cells[-1])
            whole.paragraphs[0].add_run(_text(row.cells[0])).bold = row.strong
            continue
        for i, (cell, words) in enumerate(zip(cells, row.cells, strict=True)):
            if words:
                cell.paragraphs[0].add_run(_text(words)).bold = row.strong
            if i in grid.right:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()


def _dated(packed: BytesIO) -> bytes:
    out = BytesIO()
    with ZipFile(packed) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()
