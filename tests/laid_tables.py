"""Plans with tables that an extraction kept laid out, with wide gaps or with tabs, in the many ways they come."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from random import Random

WAYS = ("gaps", "tabs")
_LABELS = (
    "Nämnd och förvaltning", "Kajer", "Stöd och service till båtägare med särskilda behov", "Gästhamn",
    "Lotsning och bogsering", "Individ- och sjömansomsorg", "Fyrar", "Muddring av den inre farleden och viken",
    "Sjöräddning", "Seglarskola", "Vinterförvaring, Norra kajen", "Ekonomiskt bistånd", "Isbrytning januari till mars",
    "Båtramper", "Personal på varvet och vid kranen", "Slipen", "Kiosker och torghandel på Fiskhamnens kaj", "Bojar",
)  # fmt: skip
_PARTS = ("varav handläggning", "varav kajplatser, beställare", "varav drift", "varav öppen verksamhet och övrigt")
_GROUPS = ("Drift", "Investeringar", "Norra hamnen", "Södra hamnen", "Intern service")
_NAMES = (
    "Kostnader 2031", "Intäkter 2031", "Netto 2031", "Budget netto 2030", "Bokslut netto 2029", "Bokslut 2029",
    "Budget 2030", "Budget 2031", "Plan 2032", "Årsarbetare 2030", "VP 2031", "varav kvinnor", "varav män", "2029",
    "2030", "Budget 2031, tkr", "Förändring", "Antal platser", "Prognos 2030",
)  # fmt: skip
_FIRST = ("Verksamhetsområde", "Verksamhet", "Enhet", "Område", "Verksamhet, tkr", "Avgift", "Hamn")
_WORDY = {
    "Kommentar": ("beslut i maj", "Flyttar till Norra kajen, datum ej bestämt", "Läggs ned 30 juni, för få båtar",
                  "löpande", "Ny, sex platser, inflyttning i september", "Uppsagd, hyra till och med augusti 2030"),
    "Klart": ("november 2031", "juni 2031", "ej bestämt", "löpande", "hösten 2032"),
    "Adress": ("Kajgatan 4", "Smedjevägen 12", "Lotsgränd 3", "Skärvägen 1"),
    "Ansvarig": ("Hamnchef", "Avdelningschef drift", "Sjöavdelningen", "Enhetschef fyrar och bojar"),
    "Åtgärd": ("Rutin och utbildning före 1 april", "Stickprov i vart tionde ärende", "Veckomöten med varvet",
               "Språkstöd och delade tjänster, ansvarig hamnchef"),
}  # fmt: skip
_PROSE = (
    "Nämnden håller kajerna öppna hela året och räknar med fler besökare än förra sommaren. Under våren ses bryggorna "
    "över, och den som har en fast plats får besked senast den 15 april.",
    "Kajdriften får ett tillskott på 1,4 mnkr, varav 0,9 mnkr för fler tömningar av papperskorgar och 0,5 mnkr för "
    "vinterskötsel av trappor.",
    "Antalet gäster ökade till 1 870 under de tre första kvartalen, att jämföra med 1 690 under samma tid året innan.",
)
_TITLES = ("Kajer och bryggor", "Volymer", "Avgifter", "Vinterförvaring", "Personal")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it should be read: its label and its cells; no cells make it the name of a group, or of none."""

    label: str
    cells: tuple[str, ...]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it should be read."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]


def number(rng: Random) -> str:
    """A figure as tables have them."""
    n = rng.randint(0, 2400)
    return rng.choice((f"{n // 10},{n % 10}", f"{n % 400}", f"{1 + n % 9} {n % 1000:03}", f"{n // 10},{n % 10}", "0,0"))


def table(rng: Random) -> Table:
    """A table of figures, some with a column or two of words."""
    wordy = rng.sample(sorted(_WORDY), rng.choice((0, 0, 0, 1, 1, 2)))
    names = [*rng.sample(_NAMES, rng.randint(1 if wordy else 2, 5)), *wordy]
    if rng.random() < 0.1:
        names, wordy = [*wordy, "Antal platser"], wordy
    gappy = rng.random() < 0.4

    def cells() -> tuple[str, ...]:
        given = [rng.choice(_WORDY[n]) if n in _WORDY else number(rng) for n in names]
        if gappy and rng.random() < 0.3 and len(given) > 1:
            given[rng.randrange(len(given))] = ""
        return tuple(given)

    labels = rng.sample(_LABELS, rng.randint(3, 9))
    grouped = rng.random() < 0.25
    rows = []
    for n, label in enumerate(labels):
        if grouped and n in (0, 3):
            rows.append(Row(_GROUPS[n // 3 + rng.randint(0, 2)], ()))
        rows.append(Row(label, cells()))
        if rng.random() < 0.25:
            rows += [Row(part, cells(), 2) for part in rng.sample(_PARTS, rng.randint(1, 3))]
    if rng.random() < 0.5:
        rows.append(Row("Summa", tuple("" if n in _WORDY else number(rng) for n in names)))
    if not any(row.cells and row.cells[-1] for row in rows):
        return table(rng)
    return Table((rng.choice(_FIRST), *names), tuple(rows))


class Setting:
    """A plan being set: how wide its columns are, to which side their cells go, where pages end."""

    def __init__(self, rng: Random, way: str) -> None:
        self.rng, self.way = rng, way
        self.page = 1
        self.gap = rng.choice((2, 2, 3, 4, 6))
        self.side = rng.choice(("left", "left", "right", "right", "middle"))
        self.low = rng.choice((False, False, False, True))  # cells stand beside the last line of a label that wraps
        self.low_header = rng.random() < 0.4
        self.inset = rng.choice((0, 0, 2))  # how far the rest of a label is set in
        self.margin = rng.choice((0, 0, 0, 4))
        self.apart = rng.random() < 0.15  # a blank line between rows
        self.again = rng.random() < 0.4  # the next page repeats the header
        self.moved = rng.choice((0, 0, 0, 3, -1))  # how far the next page's columns are moved
        self.bare = rng.random() < 0.4  # page numbers stand alone
        self.stripped = rng.random() < 0.5  # tabs at the end of a line are gone
        self.blank_end = rng.random() < 0.5  # a broken cell keeps the blank at its break
        self.noted = rng.random() < 0.3
        self.mark = rng.choice(("", "", "- "))

    def plan(self) -> tuple[str, list[Table]]:
        """A plan's text, and its tables in order."""
        rng = self.rng
        tables = [table(rng) for _ in range(5)]
        out = ["Verksamhetsplan 2031", "", "Lerviks hamnnämnd", "", "1 Inledning", ""]
        for n, each in enumerate(tables):
            out += [f"{n + 2} {_TITLES[n]}", "", *textwrap.wrap(rng.choice(_PROSE), 88), "", *self.table(each)]
            out += ["1) Avser även varvet."] * self.noted
            out += [""] if rng.random() < 0.8 else []
            out += [*textwrap.wrap(rng.choice(_PROSE), 88), "", *self.page_break()]
        return "\n".join(out) + "\n", tables

    def table(self, table: Table) -> list[str]:
        """A table's lines."""
        lay = self.tabbed(table) if self.way == "tabs" else self.laid(table)
        head, *rows = lay
        cut = self.rng.randrange(1, len(rows)) if len(rows) > 2 and self.rng.random() < 0.5 else -1
        out = list(head)
        for n, lines in enumerate(rows):
            if n == cut:
                out += ["", *self.page_break(), *head * self.again]
            if n >= cut >= 0 and self.moved and self.way == "gaps" and not self.again:
                lines = [line[:4] + _moved(line[4:], self.moved) for line in lines]
            out += lines
            out += [""] * (self.apart and self.way == "gaps")
        return out

    def label(self, row: Row) -> str:
        return f"{self.mark if row.indent else ''}{row.label}"

    def laid(self, table: Table) -> list[list[str]]:
        """The lines of the header and of each row, in columns."""
        rng = self.rng
        width = rng.randint(24, 44)
        labels = [
            [
                " " * (row.indent + (self.inset if n else 0)) + line
                for n, line in enumerate(textwrap.wrap(self.label(row), width - row.indent))
            ]
            for row in table.rows
        ]
        wide, sides, names = [], [], []
        for n, name in enumerate(table.names[1:]):
            cells = [row.cells[n] for row in table.rows if row.cells]
            wordy = name in _WORDY
            longest = max(map(len, " ".join([name, *cells] if wordy else [name]).split()))
            least = max(longest, *(len(cell) for cell in cells if not wordy or len(cell) < 15), rng.randint(6, 16))
            size = min(rng.randint(16, 30), max(map(len, cells))) if wordy else 0
            wide.append(max(least, size))
            sides.append("left" if wordy else self.side)
            names.append(textwrap.wrap(name, wide[-1]))
        first = max(len(line) for label in labels for line in label)
        first = max(first, len(table.names[0])) + self.gap
        lines = [self.lines([[table.names[0]], *names], [first, *wide], ["left", *sides], self.low_header)]
        for row, label in zip(table.rows, labels, strict=True):
            given = row.cells or ("",) * len(wide)
            blocks = [textwrap.wrap(cell, size) for cell, size in zip(given, wide, strict=True)]
            if self.low and all(len(block) < 2 for block in blocks):
                blocks = [[*[""] * (len(label) - 1), *block] for block in blocks]
            lines.append(self.lines([label, *blocks], [first, *wide], ["left", *sides], False))
        return lines

    def lines(self, cells: Sequence[list[str]], wide: Sequence[int], sides: Sequence[str], low: bool) -> list[str]:
        most = max(map(len, cells))
        if low:
            cells = [[*[""] * (most - len(cell)), *cell] for cell in cells]
        set_ = {"left": str.ljust, "right": str.rjust, "middle": str.center}
        gaps = [0, *[self.gap] * (len(wide) - 1)]
        return [
            " " * self.margin
            + "".join(
                set_[side](cell, size) + " " * gap
                for cell, size, side, gap in zip(line, wide, sides, gaps, strict=True)
            ).rstrip()
            for line in zip_longest(*cells, fillvalue="")
        ]

    def tabbed(self, table: Table) -> list[list[str]]:
        """The lines of the header and of each row, a tab between cells, some cells broken."""
        lines = [["\t".join(table.names)]]
        for row in table.rows:
            words = "\t".join([self.label(row), *row.cells])
            words = words.rstrip("\t") if self.stripped else words
            places = [n for n, c in enumerate(words) if c == " " and words[n + 1 :][:1].islower()]
            if row.cells and places and self.rng.random() < 0.2:
                at = self.rng.choice(places)
                lines.append([words[: at + self.blank_end], words[at + 1 :]])
            else:
                lines.append([words])
        return lines

    def page_break(self) -> list[str]:
        """A page's foot and the next one's head."""
        self.page += 1
        if self.bare:
            return [f"{self.page - 1}", "", "Lerviks hamnnämnd          Verksamhetsplan 2031", ""]
        return [f"Sida {self.page - 1} av 22", "", "Lerviks hamnnämnd          Verksamhetsplan 2031"]


def _moved(words: str, by: int) -> str:
    """A line whose columns after the first are moved."""
    at = words.find("  ")
    return words if at < 0 or not words[at:].strip() else words[:at] + " " * max(0, by) + words[at + max(0, -by) :]
