"""Plans with tables of indicators and activities, set in the ways that extractions leave such tables."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from random import Random

# How a table's rows are set: all on lines, a blank line between rows or not; a cell a line; whatever comes.
WAYS = (
    "lines", "lines apart", "lines alone", "beside", "all beside", "cells", "cells apart", "cells alone", "mixed",
    "laid out", "tabs"
)  # fmt: skip
HEADERS = ("one line", "two lines", "a line each", "lines alone", "wrapped")

_KIND = ("Andel", "Antal", "Index för", "Medelvärde för", "Nöjdhet med")
_THING = (
    "bryggor i gott skick", "båtgäster som känner sig trygga vid kajen", "livbojar", "möten med båtklubbarna",
    "gäster som efter 5 år kommer tillbaka till hamnen", "lotsar 65 år och äldre", "torra källare (LSS)",
    "fiskare som efter avslutad kurs får arbete på sjön inom sex månader", "sjukfrånvaro dag 1-14",
    "bojar, stegar och landgångar", "besökare i fyren", "olika skeppare som en passagerare möter under 14 dagar",
    "barn i seglarskolan, årskurs 4-9", "kajplatser med el", "ledarskap", "ekologiska livsmedel i hamnkrogen",
    "utredningar om bottenfärg som avslutas inom fyra månader", "medarbetare med rätt utbildning, Fiskhamnen",
)  # fmt: skip
_WORK = (
    "Rusta den västra piren", "Ta fram en plan för isfri farled", "Öppna en ny brygga för kajaker",
    "Hamnnämnden ska tillsammans med båtklubbarna ta fram en gemensam rutin för vinterförvaring.",
    "Måla om fyren på Skäret", "Utbilda 25 lotsar i lågaffektivt bemötande", "Pröva digital bokning av gästplatser",
    "Se över rutinen för ljus och ljud vid Norra kajen under sommaren 2030 i samarbete med föreningen Tång",
    "Förvaltningen ska i samråd med nämnderna inventera alla bojar.", "Införa gemensamt stöd i grupper om fem kaptener",
    "Stärka samverkan mellan sjöräddningen och hamnen", "Starta kurser för unga i Lervik, Torsvik och Ekeby",
)  # fmt: skip
_PLACES = ("Norra kajen", "Fiskhamnen", "Skäret", "Lilla bryggan", "östra piren", "infarten", "varvet", "stranden")
_WHO = ("Hamnchef", "Avdelningschef drift", "Sjöavdelningen", "HR-chef", "Enhetschef fyrar", "Ekonomiavdelningen")
_PERIOD = ("År", "Tertial", "Kvartal", "Halvår", "Månad", "År", "Tertial")
_PROSE = (
    "Nämnden håller kajerna öppna hela året och räknar med fler besökare än förra sommaren. Under våren ses bryggorna "
    "över, och den som har en fast plats får besked senast den 15 april.",
    "Antalet gäster ökade till 1 870 under de tre första kvartalen, att jämföra med 1 690 under samma tid året innan. "
    "Ungefär en tredjedel kommer sjövägen.",
    "Av de 38 båtar som förvaltningen har går fem på diesel. De ska vara utbytta vid årets slut.",
    "Fyren sköts av en stiftelse. Avtalet gäller i tre år.",
)
_GOALS = ("Hamnen är trygg året runt", "Fler kommer till hamnen med båt", "Vattnet i viken är rent och klart",
          "Alla kan lära sig segla", "Kajerna håller i hundra år")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the header, and what its cells hold."""

    name: str
    kind: str  # "name", "target", "council", "outcome", "period", "who", "start", "end"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it should be read: its columns, and its rows as words a cell, "" for an empty one."""

    columns: list[Column]
    rows: list[list[str]]
    of_indicators: bool


def value(rng: Random) -> str:
    """A target or an outcome."""
    n = rng.randint(0, 99)
    return rng.choice(
        (f"{n} %", f"{n} %", f"{n} %", f"{n},{rng.randint(0, 9)} %", f"{n} st", f"{n}", f"{n // 10},{n % 10}",
         f"{rng.randint(1, 12)} {rng.randint(0, 999):03}", f"{n} dagar", f"{n} gram", f"{n} bojar", f"minst {n} %",
         f"Max {n} personer", f"≥ {n} %", f"Index {n}", f"+/- {n % 9} %", f"{n}-{n + 5} %")
    )  # fmt: skip


def target(rng: Random) -> str:
    """A target, in figures or in words."""
    words = ("Tas fram av nämnd", "Tas fram av nämnd/styrelse", "Fastställs i tertialrapport 1", "Öka", "Minskar", "-")
    return rng.choice(words) if rng.random() < 0.2 else value(rng)


def cell(rng: Random, kind: str) -> str:
    """A cell of a table of indicators, seldom an empty one."""
    if rng.random() < 0.01:
        return ""
    if kind == "outcome":
        return value(rng)
    return rng.choice(_PERIOD if kind == "period" else _WHO) if kind in ("period", "who") else target(rng)


def indicator_columns(rng: Random) -> list[Column]:
    """The columns of a plan's tables of indicators."""
    own = rng.choice(("Årsmål", "Nämndens årsmål", "Nämndens mål", "Målvärde 2031", "Mål 2031", "Målvärde"))
    council = rng.choice(("KF:s årsmål", "KF:s mål", "Kommunfullmäktiges mål", "KF:s mål 2031"))
    targets = [Column(own, "target"), Column(council, "council")][: 1 + (rng.random() < 0.6)]
    outcomes = [Column(f"Utfall {2031 - n}", "outcome") for n in range(rng.choice((0, 0, 0, 1, 2)), 0, -1)]
    period = [Column(rng.choice(("Periodicitet", "Period", "Mätperiod", "Frekvens", "Mäts")), "period")]
    who = [Column(rng.choice(("Ansvarig", "Ansvarig nämnd", "Källa")), "who")]
    last = rng.choice((period, period, period, period, who, []))
    if rng.random() < 0.2:
        targets.reverse()
    columns = [*outcomes, *targets, *last] if rng.random() < 0.9 or last is who else [*last, *outcomes, *targets]
    return [Column(rng.choice(("Indikator", "Indikator", "Indikatorer", "Mått")), "name"), *columns]


def activity_columns(rng: Random) -> list[Column]:
    """The columns of a plan's tables of activities."""
    name = Column(rng.choice(("Aktivitet", "Aktivitet", "Åtgärd", "Aktiviteter")), "name")
    who = [Column(rng.choice(("Ansvarig", "Ansvarig avdelning")), "who")] if rng.random() < 0.4 else []
    first, last = rng.choice((("Startdatum", "Slutdatum"), ("Start", "Slut"), ("", "Klart"), ("", "Tidplan")))
    time = [Column(first, "start")] * bool(first) + [Column(last, "end")]
    return [name, *who, *time] if rng.random() < 0.7 else [name, *time, *who]


def indicator_table(rng: Random, columns: list[Column]) -> Table:
    """A table of indicators, some rows long."""
    names = rng.sample([f"{a} {b}" for a in _KIND for b in _THING], rng.randint(2, 6))
    return Table(columns, [[name, *(cell(rng, column.kind) for column in columns[1:])] for name in names], True)


def activity_table(rng: Random, columns: list[Column]) -> Table:
    """A table of activities, some rows long, each with its dates or with months."""
    in_words = len(columns) < 4 and rng.random() < 0.3
    ends = ("december", "kvartal 3", "juni", "hösten 2031") if in_words else ("2031-12-31", "2031-08-30")
    rows = []
    for work in rng.sample(_WORK, rng.randint(2, 4)):
        text = f"{work.rstrip('.')} vid {rng.choice(_PLACES)}{'.' * work.endswith('.')}"
        cells = {"start": f"2031-0{rng.randint(1, 6)}-01", "end": rng.choice(ends), "who": rng.choice(_WHO)}
        rows.append([text, *(cells[column.kind] for column in columns[1:])])
    return Table(columns, rows, False)


class Setting:
    """A plan being set: the way of its rows and its headers, and whether its pages end inside tables."""

    def __init__(self, rng: Random, way: str, header: str, breaks: bool) -> None:
        self.rng, self.way, self.header, self.breaks = rng, way, header, breaks
        self.page = 1
        self.width, self.names = rng.randint(70, 100), rng.randint(40, 80)  # characters a line, and a name's
        self.cells = rng.randint(21, 26)  # and a cell's, where columns are laid out
        self.again = rng.random() < 0.4  # the next page repeats the header
        self.titled = rng.random() < 0.3  # tables have a title
        self.apart = rng.random() < 0.7  # paragraphs have blank lines between them

    def plan(self) -> tuple[str, list[Table]]:
        """A plan's text, and its tables in order."""
        rng = self.rng
        indicators, activities = indicator_columns(rng), activity_columns(rng)
        tables: list[Table] = []
        out = ["Verksamhetsplan 2031", "", "Lerviks hamnnämnd", ""]
        for n, goal in enumerate(rng.sample(_GOALS, 4), 1):
            out += [f"KF:s mål 1.{n} {goal}", ""]
            for prose in rng.sample(_PROSE, 3):
                out += self.prose(prose)
            pair = [indicator_table(rng, indicators), activity_table(rng, activities)]
            for table in pair if rng.random() < 0.7 else pair[::-1]:
                tables.append(table)
                out += ["", *["Indikatorer" if table.of_indicators else "Aktiviteter"] * self.titled]
                out += self.table(table)
                after = rng.choice(("", "", "", "heading", "prose"))
                out += [""] * (after != "prose" or rng.random() < 0.7)
                out += [rng.choice(("Kajer och bryggor", "Beskrivning", "Vinterförvaring")), ""] * (after == "heading")
                out += [*self.prose(rng.choice(_PROSE)), ""] * (after != "")
        out += self.prose(_PROSE[0])
        if self.way == "lines alone":
            out = [each for line in out if line for each in (line, "")]
        return "\n".join(out) + "\n", tables

    def prose(self, words: str) -> list[str]:
        """A paragraph."""
        return [*textwrap.wrap(words, self.width), *[""] * self.apart]

    def table(self, table: Table) -> list[str]:
        """A table's lines."""
        names = [column.name for column in table.columns]
        close = self.way in ("lines", "beside", "all beside", "cells", "tabs", "laid out")
        head = self.row(names, self.way) if self.way in ("tabs", "laid out") else self.head(names)
        out = [*head, *[""] * (self.way != "laid out" and (not close or self.rng.random() < 0.3))]
        cut = self.rng.randrange(len(table.rows)) if self.breaks else -1
        for n, row in enumerate(table.rows):
            way = self.rng.choice(("lines", "below", "cells", "cells alone")) if self.way == "mixed" else self.way
            lines = self.row(row, way)
            if n == cut:
                at = self.rng.randrange(len(lines)) if self.way != "laid out" else 0
                lines[at:at] = [*self.page_break(), *head * self.again]
            out += [*lines, *[""] * (not close)]
        return out

    def head(self, names: Sequence[str]) -> list[str]:
        """A header's lines."""
        if self.header == "one line":
            return [" ".join(names)]
        if self.header == "two lines":
            at = self.rng.randint(1, len(names) - 1)
            return [" ".join(names[:at]), " ".join(names[at:])]
        if self.header == "a line each":
            return list(names)
        if self.header == "lines alone":
            return "\n\n".join(names).split("\n")
        words = " ".join(names).split()
        cuts = sorted(self.rng.sample(range(1, len(words)), min(2, len(words) - 1)))
        return [" ".join(words[a:b]) for a, b in pairwise([0, *cuts, len(words)])]

    def row(self, row: Sequence[str], way: str) -> list[str]:
        """A row's lines."""
        values = " ".join(filter(None, row[1:]))
        if way == "tabs":
            return ["\t".join(row)]
        if way == "laid out":
            wide = [self.names, *[self.cells] * (len(row) - 1)]
            parts = [textwrap.wrap(cell, size - 2) or [""] for cell, size in zip(row, wide, strict=True)]
            lines = [[cell.ljust(size) for cell, size in zip(line, wide, strict=True)]
                     for line in zip_longest(*parts, fillvalue="")]  # fmt: skip
            return ["".join(line).rstrip() for line in lines]
        if way == "all beside":
            wide = [max(30, self.names - 20), *[16] * (len(row) - 1)]
            parts = [textwrap.wrap(cell, size, break_long_words=False) for cell, size in zip(row, wide, strict=True)]
            return [" ".join(filter(None, line)) for line in zip_longest(*parts, fillvalue="")]
        if way == "beside":
            first, *rest = textwrap.wrap(row[0], max(30, self.names - 20))
            return [f"{first} {values}", *rest]
        name = textwrap.wrap(row[0], self.names)
        cells = [textwrap.wrap(words, 14 if len(words) > 16 else 16, break_long_words=False) for words in row[1:]]
        if way == "cells alone":
            return "\n\n".join("\n".join(lines) for lines in (name, *cells) if lines).split("\n")
        if way.startswith("cells") or (any(len(lines) > 1 for lines in cells) and self.rng.random() < 0.5):
            return [*name, *(line for lines in cells for line in lines)]
        if way == "below" or len(name[-1]) + len(values) + 1 > self.width:
            return [*name, values]
        return [*name[:-1], f"{name[-1]} {values}"]

    def page_break(self) -> list[str]:
        """A page's foot."""
        self.page += 1
        return ["", "Lerviks hamnnämnd", "Verksamhetsplan 2031", f"Sida {self.page - 1} av 22", ""]
