"""A plan as PDF, its tables ruled or without a line."""

# mypy: disallow-untyped-calls=False
# (reportlab comes without types)

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable, KeepTogether, PageBreak, Spacer
from reportlab.platypus.frames import Frame
from reportlab.platypus.paragraph import Paragraph as Para
from reportlab.platypus.tables import Table as SetTable

from samples.content.model import Bullets, Heading, Paragraph, Plan
from samples.grids import Grid, GridRow, grid_of, hyphenated, spaced

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
WIDTH = A4[0] - 50 * mm
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=7)
BULLET = ParagraphStyle("bullet", parent=BODY, leftIndent=14, bulletIndent=3, spaceAfter=2)
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8.5, leading=10.5, splitLongWords=True)
CELL_RIGHT = ParagraphStyle("cell right", parent=CELL, alignment=TA_RIGHT)
STRONG = ParagraphStyle("strong", parent=CELL, fontName="Helvetica-Bold")
STRONG_RIGHT = ParagraphStyle("strong right", parent=STRONG, alignment=TA_RIGHT)
HEADINGS = {
    level: ParagraphStyle(
        f"heading {level}",
        fontName="Helvetica-Bold",
        fontSize=size,
        leading=size * 1.25,
        spaceBefore=before,
        spaceAfter=4,
        keepWithNext=True,
    )
    for level, size, before in ((1, 17, 16), (2, 14, 13), (3, 12.5, 11), (4, 11, 9), (5, 10, 7))
}
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=24, leading=30, spaceBefore=120, spaceAfter=30)


def pdf(plan: Plan, ruled: bool) -> bytes:
    """The file's bytes, the same each time: no clock is read and no identity is drawn."""
    out = BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        title=plan.title,
        author=plan.organisation,
        subject=f"Dnr {plan.reference}",
        creator="samples/build.py",
        invariant=1,
    )
    frame = Frame(25 * mm, 22 * mm, WIDTH, A4[1] - 52 * mm, leftPadding=0, rightPadding=0)
    document.addPageTemplates([PageTemplate(frames=[frame])])

    class Pages(Canvas):
        """Holds the pages back until their number is known, then prints header and footer on each."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.held: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 (reportlab's name)
            self.held.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, state in enumerate(self.held, 1):
                self.__dict__.update(state)
                body, self._code = self._code, []
                self.setFont("Helvetica", 8.5)
                self.drawString(25 * mm, A4[1] - 14 * mm, plan.city)
                self.drawRightString(A4[0] - 25 * mm, A4[1] - 14 * mm, "Tjänsteutlåtande")
                self.drawRightString(A4[0] - 25 * mm, A4[1] - 18 * mm, f"Sid {number} ({len(self.held)})")
                self.drawString(25 * mm, 12 * mm, plan.contact)
                self._code += body  # as word processors do: what is on every page comes first
                super().showPage()
            super().save()

    document.build(_story(plan, ruled), canvasmaker=Pages)
    return out.getvalue()


def _text(words: str) -> str:
    return escape(hyphenated(spaced(words, NO_BREAK_SPACE)), quote=False)


def _story(plan: Plan, ruled: bool) -> list[Flowable]:
    story: list[Flowable] = [
        Para(escape(plan.organisation), BODY),
        Para(f"Dnr {plan.reference}", BODY),
        Para(plan.status_line, BODY),
        Para(escape(plan.title), TITLE),
        PageBreak(),
    ]
    for block in plan.blocks:
        if isinstance(block, Heading):
            story.extend(_heading(block, plan.label_on_own_line))
        elif isinstance(block, Paragraph):
            story.append(Para(_text(block.text), BODY))
        elif isinstance(block, Bullets):
            story.extend(Para(_text(item), BULLET, bulletText="•") for item in block.items)
            story.append(Spacer(1, 6))
        else:
            story.extend(_table(grid_of(block), ruled))
    return story


def _heading(heading: Heading, label_on_own_line: bool) -> list[Flowable]:
    style = HEADINGS[heading.level]
    if not heading.label:
        return [Para(escape(heading.title), style)]
    if not label_on_own_line:
        return [Para(escape(f"{heading.label}: {heading.numbered}"), style)]
    label = ParagraphStyle("label", parent=style, fontName="Helvetica", fontSize=10, leading=13, spaceAfter=0)
    title = ParagraphStyle("titled", parent=style, spaceBefore=0)
    return [Para(f"{heading.label}:", label), Para(escape(heading.numbered), title)]


def _table(grid: Grid, ruled: bool) -> list[Flowable]:
    share = WIDTH / sum(grid.widths)
    rows = [
        [Para(_text(name), STRONG_RIGHT if i in grid.right else STRONG) for i, name in enumerate(grid.header)],
        *(_row(row, grid) for row in grid.rows),
    ]
    style: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
    style.extend(("SPAN", (0, n), (-1, n)) for n, row in enumerate(grid.rows, 1) if row.spanning)
    if ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, (0.4, 0.4, 0.4)))
        style.append(("BACKGROUND", (0, 0), (-1, 0), (0.9, 0.92, 0.95)))
    table = SetTable(rows, colWidths=[width * share for width in grid.widths], repeatRows=1, style=style)
    caption = [Para(_text(grid.caption), STRONG), Spacer(1, 3)] if grid.caption else []
    if caption and len(rows) < 12:
        return [KeepTogether([*caption, table]), Spacer(1, 10)]
    return [*caption, table, Spacer(1, 10)]


def _row(row: GridRow, grid: Grid) -> list[Para | str]:
    left, right = (STRONG, STRONG_RIGHT) if row.strong else (CELL, CELL_RIGHT)
    if row.spanning:
        return [Para(_text(row.cells[0]), left), *[""] * (len(grid.header) - 1)]
    return [Para(_text(cell), right if i in grid.right else left) for i, cell in enumerate(row.cells)]
