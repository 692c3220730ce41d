"""Whose plan a question is about: what it names wins, else the asker's scope, else the only organisation there is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.describe import plain
from ingest.plan import Description


@dataclass(frozen=True, slots=True)
class Scope:
    """The asker's organisation, unit and year, as far as they are known."""

    organisation: str | None = None
    unit: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A document that can be asked: its id, its name in the contract, what it is."""

    id: int
    name: str
    description: Description


@dataclass(frozen=True, slots=True)
class Chosen:
    """The documents to answer from, a group for each plan the question is about, and the words that named them.

    `missing` says what was asked for and isn't there ("Norrby", "2030"); `named` that the question itself chose.
    """

    groups: tuple[tuple[Known, ...], ...]
    words: tuple[str, ...] = ()
    missing: str | None = None
    named: bool = False


def choose(question: str, known: Sequence[Known], scope: Scope, today: date) -> Chosen:
    """The plans a question is about. Organisations are compared with diacritics and hyphens folded."""
    organisations: dict[str, list[Known]] = {}
    for document in known:
        organisations.setdefault(plain(document.description.organisation or ""), []).append(document)
    asked = plain(question)
    named: list[str] = []
    words: list[str] = []
    for name in sorted(organisations, key=len, reverse=True):
        said = _said(name, asked, question, organisations)
        if said:
            named.append(name)
            words += said
    stranger = _stranger(question, organisations)
    if stranger and not named:
        return Chosen((), missing=stranger)
    years = [int(y) for y in re.findall(r"(?<![\d-])((?:19|20)\d{2})(?![\d-])", question)]
    if named:
        wanted = sorted(
            named, key=lambda name: min((asked.find(plain(w)) for w in words if plain(w) in name or True), default=0)
        )
        wanted = sorted(named, key=lambda name: _place(name, asked, words))
    else:
        home = plain(scope.organisation) if scope.organisation else None
        if home is None and len(organisations) == 1:
            home = next(iter(organisations))
        match = [name for name in organisations if home and (name == home or home in name or (name and name in home))]
        if home and not match:
            return Chosen((), missing=scope.organisation)
        wanted = match[:1] or list(organisations)
    groups = []
    for name in wanted:
        near = _nearest_year(years, asked, name, words) if len(wanted) > 1 else (years[0] if years else None)
        group = _of_year(organisations[name], near, scope, today, bool(named))
        if group:
            groups.append(tuple(_of_unit(group, asked, scope)))
    # Two years of one organisation's plans, both there, are a comparison.
    if (
        len(wanted) == 1
        and len(set(years)) > 1
        and re.search(r"\b(?:jämför|compar|mellan|between|vs|versus|mot)\w*", asked)
    ):
        several = [_exact_year(organisations[wanted[0]], y) for y in dict.fromkeys(years)]
        if all(several):
            groups = [tuple(_of_unit(g, asked, scope)) for g in several]
    return Chosen(tuple(groups), tuple(words), named=bool(named))


def _said(name: str, asked: str, question: str, organisations: dict[str, list[Known]]) -> list[str]:
    """The words by which a question names an organisation: its name, its first name if no other's, its initials."""
    if not name:
        return []
    parts = name.split()
    genitive = rf"\b{re.escape(name)}s?\b"
    if re.search(genitive, asked):
        return [*parts, name, parts[-1] + "s", name.replace(" ", "-")]
    if len(parts) > 1:
        initials = "".join(part[0] for part in parts)
        for word in re.findall(r"\b[A-ZÅÄÖ]{2,5}\b", question):
            if plain(word) == initials:
                return [word]
        others = [other for other in organisations if other != name and parts[0] in other.split()]
        alone = re.search(rf"\b{re.escape(parts[0])}s?\b(?! {re.escape(parts[1])})", asked)
        hyphenated = re.search(rf"\b{re.escape(parts[0])}-", plain_hyphens(question))
        home_word = len(parts[0]) >= 6
        if alone and home_word and not others and not hyphenated:
            return [parts[0], parts[0] + "s"]
    return []


def plain_hyphens(text: str) -> str:
    """Diacritics folded and lower case, hyphens kept."""
    return "-".join(plain(part) for part in text.split("-"))


_PLACE = re.compile(r"\b([A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)+)(?:s|:s)?\b")
_DISTRICT = re.compile(r"\b([A-ZÅÄÖ][a-zåäöé]+?)s? (?:stadsdel(?!s?områden)\w*|kommun|kommuns|district|municipality)\b")


def _stranger(question: str, organisations: dict[str, list[Known]]) -> str | None:
    """An organisation that the question names and that has no plan here."""
    texts = [plain(d.name) for documents in organisations.values() for d in documents]
    for pattern in (_PLACE, _DISTRICT):
        for found in pattern.finditer(question):
            name = plain(found[1])
            if any(name in other or name.rstrip("s") in other for other in organisations):
                continue
            if not any(name in text for text in texts):
                return found[1]
    return None


def _place(name: str, asked: str, words: Sequence[str]) -> int:
    places = [
        asked.find(plain(word))
        for word in words
        if plain(word) and plain(word) in asked and plain(word).split()[0].rstrip("s") in name + " "
    ]
    return min(places, default=asked.find(name.split()[0]))


def _nearest_year(years: Sequence[int], asked: str, name: str, words: Sequence[str]) -> int | None:
    """Of several years in a question, the one that stands closest after an organisation's name."""
    if not years:
        return None
    at = _place(name, asked, words)
    best = min(
        years,
        key=lambda y: min(
            (abs(m.start() - at) - (0.5 if m.start() > at else 0) for m in re.finditer(str(y), asked)), default=1e6
        ),
    )
    return best


def _covers(document: Known, year: int) -> bool:
    period = document.description.period
    return period is not None and period.start.year <= year <= period.end.year


def _exact_year(documents: Sequence[Known], year: int) -> list[Known]:
    return [d for d in documents if _covers(d, year)]


def _of_year(documents: Sequence[Known], year: int | None, scope: Scope, today: date, named: bool) -> list[Known]:
    """The documents of the year asked for if there is one, else of the scope's, else the newest that has begun."""
    for wanted in (year, scope.year):
        if wanted is not None:
            exact = _exact_year(documents, wanted)
            if exact:
                return _settled(exact)
    begun = [d for d in documents if d.description.period and d.description.period.start <= today]
    pool = begun or [d for d in documents if d.description.period] or list(documents)
    newest = max((d.description.period.start.year for d in pool if d.description.period), default=None)
    del named
    return _settled(
        [d for d in pool if newest is None or (d.description.period and d.description.period.start.year == newest)]
    )


def _settled(documents: Sequence[Known]) -> list[Known]:
    """An adopted (or revised) plan before the proposal of the same plan."""
    adopted = {
        (d.description.kind, d.description.unit) for d in documents if d.description.status in ("adopted", "revised")
    }
    return [
        d
        for d in documents
        if not (d.description.status == "proposal" and (d.description.kind, d.description.unit) in adopted)
    ]


def _of_unit(documents: Sequence[Known], asked: str, scope: Scope) -> list[Known]:
    """Only a unit's own plan where the question or the scope names it; everything of the organisation otherwise."""
    for unit in (scope.unit, None):
        wanted = plain(unit) if unit else None
        exact = [
            d
            for d in documents
            if d.description.unit
            and (plain(d.description.unit) == wanted if wanted else plain(d.description.unit) in asked)
        ]
        if exact:
            return exact
    return list(documents)
