"""Invents plans: any number of plausible operational plans of districts and their units, with their answer keys.

    .venv/bin/python benchmarks/plans.py FOLDER [--count 1000] [--seed 1]

Writes a file a plan, and `questions.jsonl` as `samples/questions.jsonl` is written, each with the `plan` it is about
and the `cell` that answers. Plans of one city are alike, as real ones are: the same goals, indicators and sentences in
every district and year, and other figures. The first hundred are of whole districts, with hundreds of facts each, the
others of units. The same seed makes the same bytes; a plan does not depend on how many are made.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from html import escape
from itertools import product
from pathlib import Path
from typing import Any

from ingest.describe import plain

WHOLE = 100  # the first plans are of whole districts
YEARS = (2024, 2025, 2026, 2027)

_FIRST = [
    "Alm",
    "Berg",
    "Björk",
    "Ek",
    "Fors",
    "Gran",
    "Hav",
    "Kvarn",
    "Lind",
    "Mos",
    "Norr",
    "Sten",
    "Säv",
    "Tall",
    "Vret",
    "Ås",
]
_LAST = ["sjö", "vik", "hamn", "torp", "by", "mark", "dal", "lunda", "näs", "åker"]
_ELSEWHERE = ("Havsnäs-Ulvö", "Fågelö stadsdel", "Klockarvik stadsdel")  # have no plan


@dataclass(frozen=True, slots=True)
class Service:
    """Something districts do: what it is called where it is used and where people work, by whom it is used, its
    line in the budget, the unit that runs it, and all that in English."""

    used: str
    work: str
    people: str
    budget: str
    unit: str
    english: str
    english_people: str


SERVICES = tuple(
    Service(*each.split("|"))
    for each in (
        "förskolan|förskolan|vårdnadshavare|Förskola|Förskoleenheten|preschool|parents",
        "hemtjänsten|hemtjänsten|brukare|Hemtjänst|Hemtjänstenheten|home care|users",
        "äldreboendet|äldreboendet|boende|Äldreboende|Äldreenheten|the care home|residents",
        "dagverksamheten|dagverksamheten|besökare|Dagverksamhet|Dagverksamhetsenheten|day activities|visitors",
        "fritidsgården|fritidsgården|ungdomar|Fritidsgård|Fritidsenheten|the youth centre|young people",
        "parkerna|parkskötseln|invånare|Parkskötsel|Parkenheten|the parks|residents",
        "biblioteket|biblioteket|låntagare|Bibliotek|Biblioteksenheten|the library|borrowers",
        "gruppbostaden|gruppbostaden|hyresgäster|Gruppbostad|Gruppbostadsenheten|the group home|tenants",
        "familjerådgivningen|familjerådgivningen|familjer|Familjerådgivning|Familjeenheten|family counselling|families",
        "boendestödet|boendestödet|deltagare|Boendestöd|Stödenheten|housing support|participants",
        "budgetrådgivningen|budgetrådgivningen|hushåll|Budgetrådgivning|Rådgivningsenheten|debt counselling|households",
        "parkleken|parkleken|föräldrar|Parklek|Parkleksenheten|the playground|parents",
    )
)

_GOALS = (
    ("1.1", "Den som behöver stöd får det i tid"),
    ("1.2", "Barn och unga växer upp i trygghet"),
    ("2.1", "Det är nära till kultur, grönska och möten"),
    ("2.2", "Dagen är värd att leva, hela livet"),
)
_SENTENCES = (
    "Den som vänder sig till {used} ska få svar samma dag.",
    "Inom {work} prövas ett nytt schema där två arbetslag delar på helgerna.",
    "Arbetet inom {work} utgår från vad {people} har sagt i höstens enkät.",
    "En gång i kvartalet bjuds {people} in till ett samtal om vad som kan bli bättre med {used}.",
    "Det som {people} lämnar synpunkter på tas upp på nästa möte med arbetslaget.",
    "Vikarier inom {work} får samma introduktion som den som anställs tillsvidare.",
    "Lokalerna som används för {used} ses över innan sommaren.",
    "Kvaliteten inom {work} följs upp genom egenkontroller och besök av kollegor.",
    "Resultatet blir att {people} känner igen den som kommer och vet vem som svarar.",
    "Digitala verktyg används när de ger tid över till mötet med {people}.",
    "De som leder {work} träffas varannan vecka för att dela med sig av vad som fungerar.",
    "Under året provas om {used} kan hållas öppet en kväll i veckan.",
    "Maten lagas så nära {people} som köken tillåter.",
    "Resor inom {work} görs i första hand till fots, med cykel eller med tåg.",
    "Anhöriga och närstående till {people} får ett eget nyhetsbrev två gånger om året.",
)
_GENERAL = (
    "Arbetet planeras tillsammans med dem som berörs, och det som inte går att göra sägs i tid.",
    "Medarbetarna får varje höst frågan vad som bör sluta göras.",
    "Introduktionen av nya chefer tar fyra veckor och leds av en kollega.",
    "Upphandlade avtal följs upp på plats minst en gång under avtalstiden.",
    "Riskanalysen visar att sårbarheten är störst under sommarens sju veckor.",
    "Samverkan med civilsamhället sker genom överenskommelser på ett år.",
    "Synpunkter registreras samma dag och besvaras av den som ansvarar för frågan.",
    "Beredskapen övas två gånger om året, en gång utan förvarning.",
    "Språkstöd finns på arbetsplatsen för den som läser svenska på kvällstid.",
    "Lönebildningen utgår från samtal där mål och resultat jämförs.",
    "Fordonen byts i den takt som avtalet medger, och de nya går på el.",
    "Överenskommelsen med regionen om gemensamma patienter gäller till årets slut.",
    "Varje arbetsplats har ett skyddsombud och en plan för hot och våld.",
    "Barnets bästa prövas skriftligt innan beslut som rör barn fattas.",
    "Jämställdhetsanalysen görs på de insatser som kostar mest.",
    "Den interna kontrollen omfattar tolv rutiner, varav tre är nya.",
    "Nämnden får en lägesbild varje månad och en prognos varje kvartal.",
    "Arkivet flyttar till digital form och gallras enligt plan.",
    "Tillgängligheten i lokalerna inventeras innan avtal förlängs.",
    "Förslag från medarbetare prövas inom en månad och svaret läggs ut för alla.",
)
_HOUSES = tuple(f"{first}{last}" for first in ("Kajut", "Lykt", "Mast", "Segel", "Ankar", "Boj") for last in (
    "gården", "huset", "backen", "ängen", "hörnet"
))  # fmt: skip
_ACTIVITIES = (
    "Förvaltningen ska se över öppettiderna för {used}",
    "Förvaltningen ska ta fram en gemensam introduktion för nyanställda inom {work}",
    "Förvaltningen ska fråga {people} hur de vill bli informerade om {used}",
    "Förvaltningen ska pröva en ny modell för schemaläggning inom {work}",
    "Förvaltningen ska göra en riskbedömning av arbetsmiljön inom {work}",
    "Förvaltningen ska byta ut belysningen i de lokaler som används för {used}",
    "Förvaltningen ska utse en kontaktperson för {people}",
)
_PRICES = ("Lunch", "Frukost", "Fotvård", "Tvätt", "Följeslagare", "Hyra av sal", "Trygghetslarm", "Matlåda")
_ENGLISH_PRICES = {"Lunch": "lunch", "Frukost": "breakfast", "Fotvård": "foot care", "Trygghetslarm": "a safety alarm"}


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator of a service: its name, how it is asked for in Swedish and English, what its targets may be."""

    name: str
    asked: str
    english: str
    targets: tuple[str, ...]


def _shares(low: int) -> tuple[str, ...]:
    return tuple(f"{low + 3 * n} %" for n in range(8))


_MEASURES = (
    Measure(
        "Andel {people} som är nöjda med {used}",
        "andelen {people} som är nöjda med {used}",
        "the share of {english_people} who are satisfied with {english}",
        _shares(70),
    ),
    Measure(
        "Andel klagomål på {used} som besvaras inom tio dagar",
        "andelen klagomål på {used} som besvaras inom tio dagar",
        "the share of complaints about {english} answered within ten days",
        _shares(76),
    ),
    Measure(
        "Sjukfrånvaro inom {work}",
        "sjukfrånvaron inom {work}",
        "sick leave in {english}",
        tuple(f"{n},{n % 4 + 2} %" for n in range(4, 12)),
    ),
    Measure(
        "Andel medarbetare inom {work} som stannar mer än tre år",
        "andelen medarbetare inom {work} som stannar mer än tre år",
        "the share of staff in {english} who stay more than three years",
        _shares(55),
    ),
    Measure(
        "Antal studiebesök inom {work}",
        "antalet studiebesök inom {work}",
        "the number of study visits in {english}",
        tuple(f"{n} st" for n in range(4, 28, 3)),
    ),
)
_COLUMNS = ("Kostnader", "Intäkter", "Netto VP {year}", "VP {before}")


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose plan, and of which year; no unit: of the whole district."""

    organisation: str
    unit: str | None
    year: int

    @property
    def file(self) -> str:
        words = (str(self.year), self.organisation, *([self.unit] if self.unit else []))
        return f"verksamhetsplan-{'-'.join(plain(word).replace(' ', '-') for word in words)}.html"

    @property
    def title(self) -> str:
        whose = f"{self.unit} i {self.organisation} stadsdelsförvaltning" if self.unit else f"{self.organisation}"
        return f"Verksamhetsplan {self.year} för {whose}{'' if self.unit else ' stadsdelsnämnd'}"


def identities(seed: int, count: int) -> list[Identity]:
    """Whose plans there are: whole districts of all years first, then units of the same districts."""
    districts = organisations(seed)
    found = [Identity(name, None, year) for year in YEARS for name in districts]
    units = [Identity(name, s.unit, year) for year in YEARS[::-1] for s in SERVICES for name in districts]
    random.Random(seed).shuffle(units)
    if count > len(found) + len(units):
        raise SystemExit(f"{count}: at most {len(found) + len(units)} plans can be invented")
    return [*found, *units][:count]


@cache
def organisations(seed: int) -> tuple[str, ...]:
    """The districts; every third has a name in two parts, of which the first is its neighbour's."""
    chance = random.Random(seed)
    single = ["".join(parts) for parts in product(_FIRST, _LAST)]
    chance.shuffle(single)
    names: list[str] = []
    for n in range(WHOLE // len(YEARS)):
        names.append(f"{names[-1]}-{single[-1 - n]}" if n % 3 == 2 else single[n])
    return tuple(names)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a plan: its name, its columns, and its rows with the label first."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Invented:
    """A plan: whose it is, its page as HTML, and questions with their answers."""

    identity: Identity
    html: str
    questions: tuple[dict[str, Any], ...]


def invented(identity: Identity, seed: int) -> Invented:
    """One plan with its key; the same seed and identity, the same plan."""
    chance = random.Random(f"{seed}{identity}")
    services = [s for s in SERVICES if identity.unit in (None, s.unit)]
    page = _Page(identity)
    page.heading(1, identity.title)
    page.prose(f"Beslutad av stadsdelsnämnden {identity.year - 1}-12-{chance.randint(1, 28):02}.")
    page.heading(2, "Inledning")
    page.prose(
        f"Det här är planen för {identity.organisation} {identity.year}. Den bygger på kommunfullmäktiges budget.",
        "Nämnden följer upp planen i två tertialrapporter och i verksamhetsberättelsen.",
    )
    general = chance.sample(_GENERAL, len(_GENERAL))
    for sentence in general:
        page.prose(sentence)
    asked = _Asked(identity, chance, organisations(seed))
    for n, (number, goal) in enumerate(_GOALS):
        mine = services if identity.unit else services[n :: len(_GOALS)]
        if identity.unit and n:
            continue
        page.heading(2, f"KF:s mål för verksamhetsområdet: {number}. {goal}")
        for service in mine:
            _of_service(page, asked, service, chance, whole=identity.unit is None)
    page.heading(2, "Ekonomi")
    _budget(page, asked, services, chance)
    _price_list(page, asked, chance)
    if not identity.unit:
        _places(page, asked, chance)
    asked.missing(services[0])
    return Invented(identity, page.html(), tuple(asked.questions))


def _of_service(page: _Page, asked: _Asked, service: Service, chance: random.Random, whole: bool) -> None:
    words = vars_of(service)
    page.heading(3, f"Nämndmål: {service.people.capitalize()} har inflytande över {service.used}")
    sentences = [each.format(**words) for each in _SENTENCES]
    chance.shuffle(sentences)
    for n in range(0, 12, 2 if whole else 1):
        page.prose(*sentences[n : n + (2 if whole else 1)])
    rows = []
    for measure in _MEASURES:
        target, council = chance.choice(measure.targets), chance.choice((*measure.targets, ""))
        row = (measure.name.format(**words), target, council, chance.choice(("Tertial", "År")))
        rows.append(row)
        asked.indicator(measure, service, row)
    page.table(Table("", ("Indikator", "Årsmål", "KF:s årsmål", "Periodicitet"), tuple(rows)))
    due = []
    for text in _ACTIVITIES:
        first, last = chance.randint(1, 5), chance.randint(6, 12)
        start, end = f"{page.identity.year}-{first:02}-01", f"{page.identity.year}-{last:02}-{chance.randint(1, 28):02}"
        due.append((text.format(**words), start, end))
        asked.activity(due[-1], service)
    page.table(Table("", ("Aktivitet", "Startdatum", "Slutdatum"), tuple(due)))


def _budget(page: _Page, asked: _Asked, services: Sequence[Service], chance: random.Random) -> None:
    years = {"year": page.identity.year, "before": page.identity.year - 1}
    columns = ("Verksamhet, mnkr", *(column.format(**years) for column in _COLUMNS))
    lines = []
    for service in services:
        # One of thirty sets of figures: plans of one city are alike, and what is alike is embedded once.
        figures = random.Random(f"{service.budget}{chance.randrange(30)}")
        costs, revenue = Decimal(figures.randint(100, 4000)) / 10, Decimal(figures.randint(5, 90)) / 10
        before = costs - revenue - Decimal(figures.randint(-30, 30)) / 10
        lines.append((costs, revenue, costs - revenue, before))
    total = tuple(sum(column, Decimal(0)) for column in zip(*lines, strict=True))
    labels = [*(service.budget for service in services), "Summa"]
    rows = tuple((label, *map(_number, line)) for label, line in zip(labels, [*lines, total], strict=True))
    page.heading(3, "Driftbudget")
    page.table(Table("Driftbudget", columns, rows if len(services) > 1 else rows[:1]))
    for service, row in zip(services, rows, strict=False):
        asked.budget(service, columns, row)


def _price_list(page: _Page, asked: _Asked, chance: random.Random) -> None:
    columns = ("Avgift", f"Pris {page.identity.year}", f"Pris {page.identity.year - 1}", "Per")
    rows = []
    for name in _PRICES if page.identity.unit is None else _PRICES[:3]:
        figures = random.Random(f"{name}{chance.randrange(12)}")
        price = figures.randint(40, 480)
        rows.append((name, f"{price} kr", f"{price - figures.randint(1, 9)} kr", figures.choice(("gång", "månad"))))
        asked.price(columns, rows[-1])
    page.heading(3, "Avgifter")
    page.table(Table("Avgifter", columns, tuple(rows)))


def _places(page: _Page, asked: _Asked, chance: random.Random) -> None:
    columns = ("Hus", f"Platser {page.identity.year}", f"Platser {page.identity.year - 1}")
    rows = []
    for name in _HOUSES:
        places = chance.randrange(20, 80, 3)
        rows.append((name, str(places), str(places + 2)))
        asked.places(columns, rows[-1])
    page.heading(3, "Platser i förskolan")
    page.table(Table("Platser i förskolan", columns, tuple(rows)))


def vars_of(service: Service) -> dict[str, str]:
    return {name: getattr(service, name) for name in Service.__slots__}


def _number(value: Decimal) -> str:
    return f"{value:,.1f}".replace(",", " ").replace(".", ",")


class _Page:
    """A plan's page as it is written."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self._parts: list[str] = []

    def heading(self, level: int, text: str) -> None:
        self._parts.append(f"<h{level}>{escape(text)}</h{level}>")

    def prose(self, *sentences: str) -> None:
        self._parts.append(f"<p>{escape(' '.join(sentences))}</p>")

    def table(self, table: Table) -> None:
        def row(cells: Sequence[str], tag: str) -> str:
            return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"

        caption = f"<caption>{escape(table.name)}</caption>" if table.name else ""
        head, body = row(table.columns, "th"), "\n".join(row(each, "td") for each in table.rows)
        self._parts.append(f"<table>{caption}<thead>{head}</thead>\n<tbody>{body}</tbody></table>")

    def html(self) -> str:
        head = f'<html lang="sv"><head><meta charset="utf-8"><title>{escape(self.identity.title)}</title></head>'
        return "\n".join(["<!doctype html>", head, "<body>", *self._parts, "</body></html>", ""])


class _Asked:
    """The questions that a plan's cells answer. Whose plan is meant stands in the scope, or in the question."""

    def __init__(self, identity: Identity, chance: random.Random, everybody: Sequence[str]) -> None:
        self._identity, self._chance = identity, chance
        self._others = [name for name in everybody if name != identity.organisation]
        self.questions: list[dict[str, Any]] = []

    def indicator(self, measure: Measure, service: Service, row: tuple[str, ...]) -> None:
        words = vars_of(service)
        name, target, council, _ = row
        swedish, english = measure.asked.format(**words), measure.english.format(**words)
        cell = {"row": name, "column": "Årsmål"}
        self._ask("indicator", f"Vad är årsmålet för {swedish}", f"What is the target for {english}", target, row, cell)
        if council:
            cell = {"row": name, "column": "KF:s årsmål"}
            swedish, english = f"Vad är KF:s årsmål för {swedish}", f"What is the city council's target for {english}"
            self._ask("indicator", swedish, english, council, row, cell)

    def activity(self, row: tuple[str, ...], service: Service) -> None:
        what = row[0].removeprefix("Förvaltningen ska ")
        self._ask("activity", f"När ska vi vara klara med att {what}", "", row[2], row, {"row": row[0]})

    def budget(self, service: Service, columns: Sequence[str], row: tuple[str, ...]) -> None:
        named = (
            ("Vad är kostnaderna för", "What are the costs of"),
            ("Vad är intäkterna för", "What is the revenue of"),
            ("Vad är nettobudgeten för", "What is the net budget of"),
        )
        for column, written, (swedish, english) in zip(columns[1:], row[1:], named, strict=False):
            cell = {"row": row[0], "column": column}
            asked = f"{english} {service.english}" if english else ""
            self._ask("budget", f"{swedish} {service.budget.casefold()}", asked, written, row, cell)

    def price(self, columns: Sequence[str], row: tuple[str, ...]) -> None:
        english = f"What is the price of {_ENGLISH_PRICES[row[0]]}" if row[0] in _ENGLISH_PRICES else ""
        cell = {"row": row[0], "column": columns[1]}
        self._ask("price", f"Vad är priset för {row[0].casefold()}", english, row[1], row, cell)

    def places(self, columns: Sequence[str], row: tuple[str, ...]) -> None:
        cell = {"row": row[0], "column": columns[1]}
        english = f"What is the number of preschool places in {row[0]}"
        self._ask("volume", f"Vad är antalet platser i {row[0]}", english, row[1], row, cell)

    def missing(self, service: Service) -> None:
        """What no plan says: that of a year without a plan, and that of a district without any."""
        year, elsewhere = YEARS[0] - self._chance.randint(3, 9), self._chance.choice(_ELSEWHERE)
        for whose in (f"{self._identity.organisation} {year}", f"{elsewhere} {self._identity.year}"):
            self.questions.append(
                {
                    "id": f"{Path(self._identity.file).stem}-{len(self.questions)}",
                    "type": "unanswerable",
                    "lang": "sv",
                    "scope": {"organisation": self._identity.organisation, "year": self._identity.year},
                    "history": [],
                    "question": f"Vad är årsmålet för sjukfrånvaron inom {service.work} i {whose}?",
                    "plan": self._identity.file,
                    "doc": None,
                    "expect": [],
                    "forbid": [],
                    "evidence": [],
                }
            )

    def _ask(
        self, kind: str, swedish: str, english: str, written: str, row: Sequence[str], cell: dict[str, str]
    ) -> None:
        """A question in one language and of one way to say whose plan is meant."""
        identity, chance = self._identity, self._chance
        language = "en" if english and chance.random() < 0.3 else "sv"
        scope: dict[str, Any] = {"organisation": identity.organisation, "year": identity.year}
        whose = ""
        if identity.unit:
            scope["unit"] = identity.unit
        if chance.random() < 0.5:  # the question names it, for somebody of elsewhere
            scope = {"organisation": chance.choice(self._others), "year": chance.choice(YEARS)}
            inside = f"{identity.unit} i {identity.organisation}" if identity.unit else identity.organisation
            inside_english = f"{identity.unit} in {identity.organisation}" if identity.unit else identity.organisation
            whose = f" i {inside} {identity.year}" if language == "sv" else f" in {inside_english} in {identity.year}"
        said = f"{swedish if language == 'sv' else english}{whose}?"
        self.questions.append(
            {
                "id": f"{Path(identity.file).stem}-{len(self.questions)}",
                "type": kind,
                "lang": language,
                "scope": scope,
                "history": [],
                "question": said,
                "plan": identity.file,
                "doc": identity.file,
                "expect": [_ways(written)],
                "forbid": [],
                "evidence": [" ".join(filter(None, row))],
                "cell": cell,
            }
        )


def _ways(written: str) -> list[str]:
    """How a value may be written in an answer of either language."""
    bare = written.removesuffix(" st").removesuffix(" kr")
    return list(dict.fromkeys([bare, bare.replace(",", "."), bare.replace(" ", "").replace(",", ".")]))


SEED = 1


def made(count: int, seed: int = SEED) -> Iterator[Invented]:
    """The first so many plans."""
    for identity in identities(seed, count):
        yield invented(identity, seed)


def write(folder: Path, plans: Sequence[Invented]) -> Path:
    """Write plans and their questions into a folder; the path of the questions."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in plans:
        (folder / each.identity.file).write_text(each.html, encoding="utf-8")
    questions = folder / "questions.jsonl"
    lines = (json.dumps(asked, ensure_ascii=False) for each in plans for asked in each.questions)
    questions.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return questions


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--count", type=int, default=1000, help="how many plans (1000)")
    parser.add_argument("--seed", type=int, default=SEED)
    told = parser.parse_args()
    print(write(told.folder, list(made(told.count, told.seed))))


if __name__ == "__main__":
    main()
