"""What a document is: whose plan, for when, how far it has come; from its metadata, else its text, else its name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import PurePath

from ingest.front import COMPANY, KINDS, TOWN, front_lines, title_in, unit_in_front
from ingest.plan import Description, Period, Section, Status
from ingest.source import Line, Source, Span
from ingest.values import MONTHS, dates_in, folded, years_in

# What stands in file names beside an organisation's name.
_FILE_NAME_WORDS = """
    verksamhetsplan verksamhetsplaner enhetsplan avdelningsplan forvaltningsplan arbetsplan affarsplan mal
    vp namndplan namndsplan internbudget detaljbudget tertialrapport tertial
    delarsrapport verksamhetsberattelse vb budget bilaga
    forslag till beslut beslutad antagen faststalld reviderad aterkoppling uppdrag tillkommande ny slutlig version v
    tjansteutlatande underlag samt och med for av i ar arsplan plan malgrupp stadsdelsnamnd stadsdelsforvaltning
    stadsdelsnamnden stadsdelsforvaltningen stadsdel sdn sdf dokument borderless ruled flattened final utkast komplett
"""
_NOT_NAMES = frozenset(_FILE_NAME_WORDS.split())
_NAME = r"[A-ZÅÄÖ][a-zåäöé]+(?:[-–][A-ZÅÄÖ][a-zåäöé]+)*"
_DISTRICT = re.compile(rf"\b({_NAME})s? (?:stadsdels(?:nämnd|förvaltning|område)|kommundels?nämnd)")
_TOWN = re.compile(rf"\b({_NAME})s? (?:kommun|stad|region)\b")
_BOARD = re.compile(r"\b([A-ZÅÄÖ][a-zåäö-]+(?:nämnden|nämnd|styrelsen))\b")
_UNIT = re.compile(
    r"\b([A-ZÅÄÖ][\wåäö]+ (?:avdelningen|enheten)|(?:Avdelningen|Enheten) för [\wåäö -]{3,40}|"
    r"[A-ZÅÄÖ][\wåäö-]+(?:avdelningen|enheten))\b"
)
_SPAN_OF_DAYS = re.compile(
    rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))? ?(?:till(?: och med)?|–|-|t\.?o\.?m\.?) "
    rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:dnr|diarienummer|diarienr)\.?:?\s*([A-ZÅÄÖ]{0,5}[\w./: -]{0,6}?\d[\w./-]*(?:[ /-]\d[\w./-]*)*)",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Lower case, diacritics folded (å, ä → a, ö → o), hyphens as spaces: how names are compared."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return folded(re.sub(r"[^\w]+|_", " ", bare))


def described(source: Source, sections: tuple[Section, ...], name: str) -> Description:
    """The description of a document from its metadata, its text and its file name."""
    text, head = source.text, source.text[:4000]
    stem = PurePath(name).stem
    title = _title(source, sections, stem)
    period = _period(title, head, text, stem)
    # A plan's first page may speak of its follow-up reports: what its title or its name says goes before.
    kind = next(
        (k for where in (title, stem, head[:600]) for k, pattern in KINDS if re.search(pattern, where, re.I)), None
    )
    unit = _unit(stem, text) or (unit_in_front(source) if kind == "enhetsplan" else None)
    organisation = _organisation(source, stem, text, unit)
    if plain(title) == plain(re.sub(r"^\d+[-_ ]+", "", stem)):
        for known in filter(None, (organisation, unit)):
            title = _as_written(title, known)
    status, decided = _status(title, head, stem)
    reference = _REFERENCE.search(head)
    return Description(
        title=title,
        organisation=organisation,
        unit=unit,
        kind=kind,
        period=period,
        status=status,
        decided=decided,
        reference=reference[1].strip(" .") if reference else None,
    )


def _title(source: Source, sections: tuple[Section, ...], stem: str) -> str:
    named = folded(source.properties.get("title", ""))
    if named and not re.match(r"(?:microsoft word|untitled|namnlös|dokument\d*$)", named, re.I) and len(named) < 150:
        return named
    if title := title_in(source):
        return title
    for section in sections[:3]:
        if any(re.search(pattern, section.title, re.I) for _, pattern in KINDS[:4]) and not section.label:
            return section.title
    words = re.sub(r"^\d+[-_ ]+", "", stem)
    return folded(re.sub(r"[-_]+", " ", words)).capitalize()


def _as_written(title: str, name: str) -> str:
    """A title made of a file name, with a name in it as the text writes it."""
    words, wanted = title.split(), plain(name).split()
    for n in range(len(words) - len(wanted) + 1):
        if [plain(word) for word in words[n : n + len(wanted)]] == wanted:
            return " ".join([*words[:n], name, *words[n + len(wanted) :]])
    return title


def _period(title: str, head: str, text: str, stem: str) -> Period | None:
    span = _SPAN_OF_DAYS.search(title) or _SPAN_OF_DAYS.search(head)
    if span:
        dates = dates_in(f"{span[1]} {span[2]} {span[3] or span[6]}") + dates_in(f"{span[4]} {span[5]} {span[6]}")
        if len(dates) == 2 and dates[0] < dates[1]:
            return Period(*dates)
    short = re.search(r"(?<!\d)20(\d\d)\s?[-–/]\s?(\d\d)(?![\d-])", f"{title}\n{stem}")
    if short and int(short[2]) == int(short[1]) + 1:  # a school's year
        return Period(date(2000 + int(short[1]), 1, 1), date(2000 + int(short[2]), 12, 31))
    bare = re.sub(r"\d{4}-\d\d-\d\d|(?im:^(?:dnr|diarien).*)", "", head[:1500])  # when it was written
    for where in (title, stem, bare, head[:1500]):
        range_ = re.search(r"(?<!\d)(20\d{2})\s?[-–/]\s?(20\d{2})(?!\d)", where)
        named = years_in(where[: range_.start()]) if range_ else []
        if named:  # "Budget 2031 och plan 2032–2033" is for the first of them
            return Period(date(named[0], 1, 1), date(named[0], 12, 31))
        if range_ and int(range_[1]) < int(range_[2]) <= int(range_[1]) + 5:
            return Period(date(int(range_[1]), 1, 1), date(int(range_[2]), 12, 31))
        years = years_in(re.sub(r"[-_]", " ", where))
        if years:
            year = Counter(years).most_common(1)[0][0]
            return Period(date(year, 1, 1), date(year, 12, 31))
    years = years_in(text)
    if not years:
        return None
    year = Counter(years).most_common(1)[0][0]
    return Period(date(year, 1, 1), date(year, 12, 31))


_BROKEN_NAME = re.compile(r"(?<=\w)[-–]\s*\n\s*(?=[A-ZÅÄÖ])")  # "Hamnvik-" at the end of a line


def _organisation(source: Source, stem: str, text: str, unit: str | None) -> str | None:
    given = source.properties.get("company") or source.properties.get("organisation")
    if given and not re.search(r"stockholms? stad$", given, re.I):
        return folded(given)
    text = _BROKEN_NAME.sub("-", text)
    counts = Counter(_without_genitive(m[1], text) for m in _DISTRICT.finditer(text))
    words = [w for w in plain(stem).split() if len(w) > 1 and not w.isdigit() and w not in _NOT_NAMES]
    if unit:
        words = [w for w in words if w not in plain(unit).split()]
    for name, _ in counts.most_common():
        if plain(name) in plain(stem):
            return name
    front = source.items[: front_lines(source)]
    page = "\n".join(source.text[line.start : line.end] for line in front if isinstance(line, Line))
    if (found := _DISTRICT.search(page)) is not None:
        return _without_genitive(found[1], text)
    for town in dict.fromkeys(_without_genitive(m[1], text) for m in _TOWN.finditer(text)):
        if plain(town) in plain(" ".join(words)):
            return town
    lines = page.split("\n")
    of_town = next((found for line in lines if (found := TOWN.match(line))), None)
    if of_town is not None:
        town = of_town[1] or of_town[2]
        return _without_genitive(town.capitalize() if town.isupper() else town, text)
    if company := next((line for line in lines if COMPANY.match(line)), None):
        return company
    # A name in the file name, as the text writes it.
    written = Counter(re.findall(rf"\b{_NAME}\b", text))
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            wanted = " ".join(words[start : start + size])
            match = [
                name for name in written if plain(name) == wanted and (size > 1 or "-" in name or written[name] > 3)
            ]
            if match and wanted not in ("administrativa",):
                return _without_genitive(match[0], text)
    if counts:
        name, count = counts.most_common(1)[0]
        if count > 2 or not words:
            return name
    boards = Counter(m[1] for m in _BOARD.finditer(text[:3000]))
    words = [word for word in words if not re.search(r"(?:namnd(?:en)?|styrelsen?|forvaltning(?:en)?)$", word)]
    if not words and boards:
        return boards.most_common(1)[0][0]
    if words:
        return "-".join(word.capitalize() for word in words[-4:])
    towns = Counter(_without_genitive(m[1], text) for m in _TOWN.finditer(text))
    return towns.most_common(1)[0][0] if towns else None


def _without_genitive(name: str, text: str) -> str:
    """A name without its genitive s: where the text also writes it so, or only the genitive and the s is no ending."""
    if not name.endswith("s"):
        return name
    alone = re.search(rf"\b{re.escape(name)}\b(?! [a-zåäö])", text) is not None
    if re.search(rf"\b{re.escape(name[:-1])}\b", text) or not (alone or re.search(r"(?:[åäeiou]|or)s$", name)):
        return name[:-1]
    return name


def _unit(stem: str, text: str) -> str | None:
    found = re.search(
        r"([a-z]+[-_ ](?:avdelningen|enheten)|(?:avdelningen|enheten)[-_ ]for[-_ ][a-z]+(?: och [a-z]+)?|"
        r"[a-z]+(?:avdelningen|enheten))",
        plain(stem),
    )
    if not found:
        return None
    wanted = plain(found[1])
    for written in _UNIT.finditer(text):
        name = " ".join(written[1].split()[: len(wanted.split())])  # a sentence may go on after it
        if plain(name) == wanted:
            return name
    return wanted.capitalize()


def _status(title: str, head: str, stem: str) -> tuple[Status | None, date | None]:
    where = f"{title}\n{re.sub(r'[-_]', ' ', stem)}\n{head[:1500]}"
    decision = decided_in(where)
    dates = dates_in(where[decision.start : decision.end]) if decision else []
    decided = dates[0] if dates else None
    if re.search(r"\brevider(?:ad|at)\b", where[:600], re.I):
        return "revised", decided
    if decision or re.search(r"\b(?:antagen|fastställd|beslutad|godkänd)\b", where[:800], re.I):
        return "adopted", decided
    if re.search(r"\bförslag(?: till (?:beslut|verksamhetsplan))?\b|\bforslag\b|\butkast\b", where[:600], re.I):
        return "proposal", None
    return None, decided


_DAY = r"(?:\d{4}-\d\d-\d\d|\d{1,2} \w+ \d{4})"
_DECIDED = (
    r"(?i:beslut(?:ad|at|ades)?|antagen|antaget|antogs?|antagits|fastställ(?:d|t|des?|ts)|godkän(?:d|t|des?|ts))\b"
)
# "Antagen av socialnämnden 2030-12-12 § 9", "Nämnden antog planen den 12 december 2030."
_DECISION_LINE = re.compile(
    rf"^[^\S\n]*(?P<said>(?=[A-ZÅÄÖ\d])(?:\S+[^\S\n]+){{0,4}}?{_DECIDED}[^\n]{{0,60}}?{_DAY}[^\n]*)", re.MULTILINE
)
_DECISION_SENTENCE = re.compile(
    rf"(?:^|(?<=[.!?]\s))\s*(?P<said>[A-ZÅÄÖ](?:(?!\n\s*[A-ZÅÄÖ])[^.!?]){{0,200}}?\b{_DECIDED}[^.!?]{{0,60}}?{_DAY}"
    r"[^.!?]*[.!?]?)",
    re.MULTILINE,
)


def decided_in(text: str) -> Span | None:
    """Where a text says that its plan was decided, and when: a line of its front page, or a sentence that names the
    plan; None where it does not. What a council decided is its budget."""
    sentences = (
        found
        for found in _DECISION_SENTENCE.finditer(text)
        if re.search(r"plan(?:en)?\b", found["said"], re.I) and not re.search("fullmäktig", found["said"], re.I)
    )
    found = _DECISION_LINE.search(text) or next(sentences, None)
    return Span(found.start("said"), found.start("said") + len(found["said"].rstrip())) if found else None
