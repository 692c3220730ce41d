"""A plan as plain text, the way an extraction leaves it that knows nothing of tables.

Each line ends with a space and a blank line follows it, but the lines of a wrapped table cell stand close together.
Cells that fit on a line share one line; an empty cell leaves only its space. A page begins with a space and without
the blank line before it, and a table that goes on there has its header again.
"""

from __future__ import annotations

from collections.abc import Iterable

from samples.content.model import Activities, Bullets, Heading, Indicators, Paragraph, Plan, Table
from samples.grids import SOFT_HYPHEN, Grid, GridRow, grid_of, hyphenated, spaced

PROSE_WIDTH = 95


def flattened(plan: Plan) -> str:
    """The plan's text. It is set twice, as the page count is printed on the pages."""
    first = _Pages(plan, pages=0)
    first.set()
    second = _Pages(plan, pages=first.page)
    second.set()
    return second.text()


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` characters, broken at spaces, soft hyphens and else anywhere."""
    lines = [""]
    for word in text.split(" "):
        _add(lines, word, width)
    return [line.replace(SOFT_HYPHEN, "") for line in lines]


def _add(lines: list[str], word: str, width: int) -> None:
    gap = " " if lines[-1] else ""
    if len(lines[-1]) + len(gap) + len(word.replace(SOFT_HYPHEN, "")) <= width:
        lines[-1] += gap + word
        return
    head, soft, tail = word.partition(SOFT_HYPHEN)
    if soft and len(lines[-1]) + len(gap) + len(head) + 1 <= width:
        lines[-1] += gap + head + "-"
        lines.append(tail)
        return
    if lines[-1]:
        lines.append("")
        _add(lines, word, width)
        return
    lines[-1] = word[:width]
    lines.append(word[width:])


class _Pages:
    """The lines set so far, and how far down the page they have come."""

    def __init__(self, plan: Plan, pages: int) -> None:
        self.plan = plan
        self.pages = pages
        self._room = plan.flattening.page_lines
        self.page = 1
        self.used = 0
        self.lines: list[str] = []
        self.starts_page = True

    def text(self) -> str:
        return "\n".join(self.lines).rstrip() + "\n"

    def set(self) -> None:
        if self.plan.flattening.title_page:
            self._title_page()
        for block in self.plan.blocks:
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Paragraph):
                for line in wrapped(self._prepared(block.text), PROSE_WIDTH):
                    self._put([line])
            elif isinstance(block, Bullets):
                for item in block.items:
                    text = f"{self.plan.flattening.bullet} {self._prepared(item)}"
                    for line in wrapped(text, PROSE_WIDTH - 5):
                        self._put([line])
            else:
                self._table(block)

    def _prepared(self, text: str) -> str:
        return hyphenated(spaced(text, self.plan.flattening.thousands))

    def _title_page(self) -> None:
        plan = self.plan
        for line in (plan.organisation, plan.contact, "Tjänsteutlåtande", f"Dnr {plan.reference}", plan.status_line):
            self._put([line])
        self._put([plan.title])
        self._turn()

    def _heading(self, heading: Heading) -> None:
        if self.used > self._room - 6:
            self._turn()
        if heading.label and self.plan.label_on_own_line:
            self._put([f"{heading.label}:"])
            lines = wrapped(heading.numbered, 70)
        elif heading.label:
            lines = wrapped(f"{heading.label}: {heading.numbered}", 70)
        else:
            lines = wrapped(heading.title, 80)
        for line in lines:
            self._put([line])

    def _put(self, together: Iterable[str], before: str = "") -> None:
        """Set lines that stand close together, then a blank one; they never part at the foot of a page."""
        lines = list(together)
        if self.used + len(lines) > self._room:
            self._turn()
        if self.starts_page:
            before = " " + before
            self.starts_page = False
        lines[0] = before + lines[0]
        self.lines.extend(f"{line} " for line in lines)
        self.lines.append("")
        self.used += len(lines)

    def _turn(self) -> None:
        self.page += 1
        self.used = 0
        self.starts_page = True
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        if self.page in self.plan.flattening.furniture:
            side = f"Sid {self.page} ({self.pages}) "
            self.lines.extend([" ", "", " ", "", "Tjänsteutlåtande ", side, "", " ", f" {self.plan.contact} ", ""])
            self.starts_page = False

    def _table(self, block: Indicators | Activities | Table) -> None:
        grid = grid_of(block)
        if grid.caption:
            self._put([grid.caption])
        mark = " " if grid.kind in ("indicators", "activities") else ""
        header = self._lines(GridRow(grid.header), grid)
        first = self._lines(grid.rows[0], grid)
        # A header is never left alone at the foot of a page.
        if self.used + _height(header) + _height(first) > self._room:
            self._turn()
        self._row(header, mark * 2)
        for i, row in enumerate(grid.rows):
            cells = self._lines(row, grid)
            left = self._room - self.used
            if self.plan.flattening.rows_break and (fit := _fitting(cells, left)):
                # The page ends inside the row: what fits of each cell, the header again, and the rest of each.
                self._row([lines[:fit] for lines in cells], mark)
                self._turn()
                self._row(header, mark * 2)
                self._row([lines[fit:] or [""] for lines in cells], mark)
                continue
            if _height(cells) > left:
                self._turn()
                self._row(header, mark * 2)
            if mark and self.plan.flattening.marks and not row.spanning and i % 3 == 1:
                # An icon before the row, of which extraction keeps two lines of nothing.
                self.lines.extend([" ", "", " ", ""])
                self._row(cells, "")
            else:
                self._row(cells, "" if row.spanning else mark)

    def _row(self, cells: list[list[str]], before: str) -> None:
        for i, together in enumerate(_groups(cells)):
            self._put(together, before if i == 0 else "")

    def _lines(self, row: GridRow, grid: Grid) -> list[list[str]]:
        """Each cell's lines."""
        if row.spanning:
            return [wrapped(self._prepared(row.cells[0]), PROSE_WIDTH)]
        widths = self._widths(grid)
        return [wrapped(self._prepared(cell), width) for cell, width in zip(row.cells, widths, strict=True)]

    def _widths(self, grid: Grid) -> tuple[int, ...]:
        if grid.kind != "indicators":
            return grid.widths
        target = self.plan.flattening.target_width
        return (68, target, target, 12)


def _groups(cells: list[list[str]]) -> list[list[str]]:
    """A row's lines in groups that stand close together.

    Cells of one line share it, each with the space after it that is all an empty cell leaves; a cell that wraps
    ends its group.
    """
    groups: list[list[str]] = []
    line = ""
    for lines in cells:
        if len(lines) == 1:
            line += f"{lines[0]} "
        else:
            groups.append([(line + lines[0]).rstrip(), *lines[1:]])
            line = ""
    if line.strip():
        groups.append([line[:-1]])
    return groups


def _fitting(cells: list[list[str]], left: int) -> int:
    """How many lines of each cell fit in the lines left, 0 where none or all of the row does."""
    if _height(cells) <= left:
        return 0
    longest = max(len(lines) for lines in cells)
    return max((n for n in range(1, longest) if _height([lines[:n] for lines in cells]) <= left), default=0)


def _height(cells: list[list[str]]) -> int:
    return sum(len(group) for group in _groups(cells))
