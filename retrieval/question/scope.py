"""Whose plan a question is about: what it names wins, else the asker's scope, else the only organisation there is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain, pairwise

from ingest.describe import plain
from retrieval.language.dates import ends_in_month, is_moment
from retrieval.language.swedish import STOP_WORDS, stem
from retrieval.language.swedish import known as is_word
from retrieval.store.known import Known


@dataclass(frozen=True, slots=True)
class Scope:
    """The asker's organisation, unit and year, as far as they are known."""

    organisation: str | None = None
    unit: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The documents to answer from, a group for each plan the question is about, and the words that named them.

    `missing` says what was asked for and isn't there ("Norrby"); `open` that several organisations have plans and
    nothing says which is meant; `named` that the question itself chose, `dated` that it did by a year. `marks` has for
    each group of several what the question names it by, as written: an organisation, a year, "hos oss".
    """

    groups: tuple[tuple[Known, ...], ...]
    words: tuple[str, ...] = ()
    missing: str | None = None
    named: bool = False
    dated: bool = False
    open: bool = False
    marks: tuple[tuple[str, ...], ...] = ()


_plain = lru_cache(maxsize=20_000)(plain)  # of names that are stored: the same ones are compared for every question
_YEAR = re.compile(r"(?<![\d-])((?:19|20)\d{2})(?![\d-])")
# The year that a plan's own figures are compared with: the plan has it as a column, so it chooses no other plan.
AGAINST_YEAR = re.compile(
    r"\b(?:(?:jämfört|jämf|jmfr?|jfr)(?: med| m)?|i förhållande till|än|mot|versus|vs|sedan|sen|compared (?:to|with)"
    r"|than(?: in)?|since"
    r"|(?:ändra|förändra|höj|sänk|chang|rais|lower|differ|increas|decreas)\w* (?:från|from)) (?:år )?(?:19|20)\d{2}\b",
    re.IGNORECASE,
)
_LAST = (
    r"(?:förra årets?|i fjol|fjolårets?|föregående års?|året (?:innan|före|dessförinnan)|last year(?:['’]?s)?"
    r"|(?<=than )last(?! \w)|(?:the )?previous year(?:['’]s)?|the year before"
    r"|(?:ett|a|one) (?:år|year) (?:tidigare|dessförinnan|earlier|before)(?! (?:än|than|the|we|it)\b))"
)
_NEXT = r"(?:nästa år|följande år|året (?:efter|därpå)|(?:the )?next year|the year after|the following year)"
_THIS = r"(?:i år|årets(?= \w*(?:plan|budget|mål)\b)|nu|numera|this year(?:['’]s)?|now)"
LAST_YEAR = re.compile(rf"\b{_LAST}\b", re.IGNORECASE)
NEXT_YEAR = re.compile(rf"\b{_NEXT}\b", re.IGNORECASE)
THIS_YEAR = re.compile(rf"\b{_THIS}\b", re.IGNORECASE)
_RELATED = re.compile(rf"\b(?:än|mot|med|sedan|sen|jämfört|than|with|to|since|from|från) {_LAST}", re.IGNORECASE)
# What parts two things that a question asks about, "they, or we"; and what two years, "from 2023 to 2024".
_PARTS = (
    r"[,;:?–/&]|\b(?:och|o|and|samt|eller|or|än|than|medan|while|whereas|mot|kontra|against|vs|versus|respektive|resp|but|men"
    r"|som vi|that we)\b"
)
_JOINS = re.compile(_PARTS, re.IGNORECASE)
_YEARS_JOINED = re.compile(rf"{_PARTS}|\b(?:till|to|med|m|with|jmfr?|jfr)\b", re.IGNORECASE)
# What sets two things against each other, and what then parts them: "our target compared with theirs".
_COMPARES = re.compile(r"\b(?:jämför|jmf|skilj|compar|differ)|förhållande till", re.IGNORECASE)
_COMPARED = re.compile(rf"{_YEARS_JOINED.pattern}|\b(?:från|from)\b", re.IGNORECASE)
# The asker's own, beside an organisation that is named: "what did they do in Norrby, and what do we do here?"
_OURS = re.compile(
    r"\b(?:(?:hos|i|at|in|for|för|med) )?(?:vi|oss|vårt?|våra|här|we|us|ours?|here)\b"
    r"|(?<=säger )planen\b|(?<=does )the plan\b",
    re.IGNORECASE,
)


# What stands before the organisation that the asker's own is compared with, folded.
_SET_AGAINST = re.compile(
    r"\b(?:jamfor\w*(?: sig)? med|i jamforelse med|i forhallande till|skilj\w*(?: [\w-]+){0,6}? (?:fran|mot)"
    r"|an|vs|versus|mot|som|compare[ds]? (?:to|with)|differ\w* from|than|as)(?: (?:i|in|hos|at|for|vad))? $"
)
# Both organisations that there are plans of, folded: "the two districts", "de båda nämndernas". Without a number it may
# be districts within one; two councils may be those that advise one board.
_BOTH_BODIES = re.compile(
    r"\b(?:two|tva|bada|both)(?: (?:de|the))?"
    r" (?:stadsdel|namnd|forvaltning|kommun|district|municipal|(?:city|town) council|board)\w*"
)

# Both plans that there are of one body.
_BOTH_PLANS = re.compile(
    r"\b(?:(?:(?:the |de )?(?:two|both|två|båda)|between the|mellan) (?:de |the )?(?:två |two |båda )?(?:verksamhets)?"
    r"plan(?:s|er|erna)|(?:both|båda) (?:years|åren))\b",
    re.IGNORECASE,
)


def choose(question: str, known: Sequence[Known], scope: Scope, today: date) -> Chosen:
    """The plans a question is about. Organisations are compared with diacritics and hyphens folded."""
    chosen = _chosen(question, known, scope, today)
    units = [[u for d in group for u in _said(d.description.unit, question)] for group in chosen.groups]
    units = [[*own, *_bodies(question, group)] for own, group in zip(units, chosen.groups, strict=True)]
    said = (plain(word) for own in dict.fromkeys(chain(*units)) for word in (*own.split(), own))
    marks = tuple((*mark, *dict.fromkeys(own)) for mark, own in zip(chosen.marks, units, strict=False))
    return replace(chosen, words=(*chosen.words, *said), marks=marks)


# A year in two digits: after what has a year ("VP21", "bokslut 19") or an apostrophe.
_JOINED = r"och|and|vs\.?|mot|till|to|resp\.?|respektive|jämfört med|än|than"
_SHORT_YEAR = re.compile(
    r"(?:\b(?:(?:vp|vb)[ -]?|(?P<told>bokslut(?:et)?|utfall(?:et)?)[ -]"
    r"|(?P<what>(?:verksamhets)?plan(?:en)?|budget(?:en)?|sedan|since) )['’]?|(?<![\w'’])['’])(?P<year>\d\d)"
    rf"(?!\w|[.,:/%–-]\d)(?(what)(?= (?:{_JOINED})\b|\s*(?:[?.!,:]|$)))",
    re.IGNORECASE,
)


def years_in_full(question: str, known: Sequence[Known]) -> str:
    """A question with the years that it writes in two digits in four, where plans are near: "VP21"."""
    if not _SHORT_YEAR.search(question):
        return question
    near = {year + by for document in known if (year := begins(document)) for by in (-1, 0, 1)}

    def one(found: re.Match[str]) -> str:
        year = 2000 + int(found["year"])
        sure = year in near or not found["what"]
        return f"{found['told'] or found['what'] or ''} {year}".strip() if sure else found[0]

    return _SHORT_YEAR.sub(one, question)


# What a question names a document by that is of a kind, beside "the plan".
_PLAN = r"[\w-]*plan(?:en)?|vp"
_KINDS = {
    "uppföljning av uppdrag": r"återkoppling\w*|återrapportering\w*|uppföljning\w*(?: av (?:[\w-]+ ){0,3}?uppdrag\w*)?"
    r"|feedback|follow[- ]?up(?: report)?(?: (?:of|on) (?:[\w'’]+ ){0,4}?(?:assignment|commission)s)?",
    "tertialrapport": r"(?:tertial|delårs)rapport\w*|interim report",
    "verksamhetsberättelse": r"verksamhetsberättelse\w*|årsredovisning\w*|annual report",
}


_SAYS = r"säger|lova(?:r|de)|utlova(?:r|de)|says?|promise[sd]?"
# What has come of what a plan said: a report tells.
_SINCE = re.compile(
    r"\b(?:(?:hänt|gått|gjorts|happened|been done)(?: (?:med|with) \w+)? (?:sen|sedan|since)(?: dess| then)?(?=\W*$)"
    r"|hur (?:har det gått|gick det)|how (?:did it go|has it gone)|vad (?:blev|har) det (?:blivit )?av"
    r"|what (?:has |have )?(?:be)?c[ao]me of)\b",
    re.IGNORECASE,
)


def of_document(question: str, chosen: Chosen) -> Chosen:
    """The plan chosen, of whose several documents the question names one ("enligt återkopplingen") or sets one beside
    another ("what does the plan say, and what the follow-up?", "… and what has happened since?"), each with what names
    it; as it was otherwise."""
    group = chosen.groups[0] if len(chosen.groups) == 1 else ()
    kinds = dict.fromkeys(document.description.kind for document in group)
    if len(kinds) < 2:
        return chosen
    named: dict[str | None, re.Match[str]] = {}
    year = r"(?:19|20)\d\d"
    for kind in kinds:
        names = rf"(?:(?:the|den|senare|senaste|later|latest|{year}) )*(?:{_KINDS.get(kind or '', _PLAN)})(?: {year})?"
        said = (
            rf"\b(?:enligt|enl\.?|according to|i|in) {names}\b|\b{names} (?:{_SAYS})\b"
            rf"|\b(?:{_SAYS}|does|did) {names}\b(?: (?:{_SAYS})\b)?"
        )
        if found := re.search(said, question, re.IGNORECASE):
            named[kind] = found
    reports = kinds.keys() & _KINDS.keys()
    if len(reports) == 1 and not named.keys() & reports and named and (since := _SINCE.search(question)):
        named[next(iter(reports))] = since
    if not named.keys() & _KINDS.keys():  # all there is of somebody is called the plan
        return chosen
    of_kind = sorted(named, key=lambda kind: named[kind].start())
    marks = [re.sub(r"^(?:säger|says?|does|did) | (?:säger|says?)$", "", named[kind][0]) for kind in of_kind]
    groups = tuple(tuple(d for d in group if d.description.kind == kind) for kind in of_kind)
    words = (word for mark in marks for word in plain(mark).split())
    return replace(chosen, groups=groups, words=(*chosen.words, *words), marks=tuple((mark,) for mark in marks))


def _chosen(question: str, known: Sequence[Known], scope: Scope, today: date) -> Chosen:
    organisations = _by_organisation(known)
    asked = plain(question)
    named = _named(asked, question, organisations)
    own_years = _YEAR.findall(_alone(question))
    years = [int(year) for year in _YEAR.findall(question)] if own_years else []
    words = tuple(word for said in named.values() for word in said)
    if named:
        wanted = sorted(named, key=lambda name: _place(named[name], asked))
    elif stranger := _stranger(question, organisations):
        return Chosen((), missing=stranger)
    else:
        home = _home(scope.organisation, organisations)
        if home is None and scope.organisation:
            return Chosen((), missing=scope.organisation)
        if home is None and len(organisations) > 1:
            return Chosen((), open=True)
        wanted = [home if home is not None else next(iter(organisations), "")]
    if not named and len(organisations) == 2 and _BOTH_BODIES.search(asked):
        wanted += [name for name in organisations if name not in wanted]
    marks = {name: _mentions(question, name, named[name]) for name in named}
    home = _home(scope.organisation, organisations) if scope.organisation else None
    if len(named) == 1 and home and home not in wanted:
        if _SET_AGAINST.search(asked[: _place(words, asked)]):
            wanted = [home, *wanted]
        elif ours := _beside(question, marks[wanted[0]]):
            wanted, marks[home] = [*wanted, home], ours
    home_plans = organisations.get(wanted[0], [])
    said = _years_said(question if own_years else _alone(question), _current(home_plans, scope, today))
    if not named and len(wanted) == 1 and not years and scope.year and _lacks(home_plans, scope.year):
        return Chosen((), missing=f"{home_plans[0].description.organisation or ''} {scope.year}".strip())
    if len(wanted) == 1 and (by_year := _of_years(home_plans, said, question)):
        of_years = tuple(tuple(_of_unit(group, asked, scope)) for group, _ in by_year)
        return Chosen(of_years, words, named=bool(named), dated=True, marks=tuple(each for _, each in by_year))
    groups: list[tuple[Known, ...]] = []
    named_by: list[tuple[str, ...]] = []
    for name in wanted:
        at, plans = marks.get(name, ()), organisations.get(name, [])
        its = [year for year in years if _exact_year(plans, year)]
        year = _year_by(at, its or years, question) if at else next(iter(its or years), None)
        if its_plans := _of_unit(_of_year(plans, year, scope, today), asked, scope):
            groups.append(tuple(its_plans))
            named_by.append(at)
    for n, group in enumerate(groups if len(groups) > 1 else ()):  # a year that only one of them is of names it too
        own = [y for y in dict.fromkeys(years) if [g for g in groups if _exact_year(g, y)] == [group]]
        named_by[n] = tuple(dict.fromkeys((*named_by[n], *map(str, own))))
    return Chosen(tuple(groups), words, named=bool(named), dated=bool(years), marks=tuple(named_by))


def _of_years(
    plans: Sequence[Known], said: Sequence[tuple[int, str]], question: str
) -> list[tuple[list[Known], tuple[str, ...]]]:
    """An organisation's plans of the several years that a question says, or of both that there are where it asks of
    both, each with the words that name it; [] where it asks of one year only."""
    if said:
        marks = {year: tuple(mark for at, mark in said if at == year) for year, _ in said}
    else:
        both = _BOTH_PLANS.search(question)
        theirs = sorted({year for d in plans if (year := begins(d))})
        marks = dict.fromkeys(theirs, (both[0],)) if both and len(theirs) == 2 else {}
    groups = [(_settled(_exact_year(plans, year)), each) for year, each in marks.items()]
    apart = len({tuple(d.id for d in group) for group, _ in groups}) > 1 and all(group for group, _ in groups)
    return groups if apart else []


def _by_organisation(known: Sequence[Known]) -> dict[str, list[Known]]:
    """The documents of each organisation, by its folded name."""
    organisations: dict[str, list[Known]] = {}
    for document in known:
        organisations.setdefault(_plain(document.description.organisation or ""), []).append(document)
    return organisations


# Which of several plans, by whose they are or of which year: "which of the districts", "vilket år".
_WHICH_YEAR = re.compile(
    r"\b(?:which|what|vilket|vilka)(?: of| av)?(?: the| de)?(?: two| båda| två)? (?:years?|år(?:en)?)\b", re.I
)
_WHICH_BODY = re.compile(
    r"\b(?:which|what|whose|vilken|vilket|vilka)(?: of| av)?(?: the| de| our| våra)?(?: two| båda| två)?"
    r" (?:district|stadsdel|nämnd|förvaltning|kommun|board|council|municipalit|organi[sz]ation)\w*",
    re.IGNORECASE,
)
WHICH_PLAN = re.compile(f"{_WHICH_YEAR.pattern}|{_WHICH_BODY.pattern}", re.IGNORECASE)


def all_of(question: str, known: Sequence[Known], scope: Scope, today: date) -> Chosen | None:
    """Every plan that a question chooses among: all years' of the asker's organisation, or all organisations' of one
    year. None for a question that chooses among none."""
    organisations = _by_organisation(known)
    asked = plain(question)
    named = _named(asked, question, organisations)
    groups: list[list[Known]] = []
    if _WHICH_YEAR.search(question):
        home = next(iter(named)) if len(named) == 1 else _home(scope.organisation, organisations)
        plans = organisations.get(home or "", [])
        years = sorted({year for document in plans if (year := begins(document))})
        groups = [_of_unit(_settled([d for d in plans if begins(d) == year]), asked, scope) for year in years]
    elif _WHICH_BODY.search(question) and not named:
        year = next((int(year) for year in _YEAR.findall(question)), None)
        groups = [_of_unit(_of_year(plans, year, scope, today), asked, scope) for plans in organisations.values()]
    return Chosen(tuple(map(tuple, groups))) if len(groups) > 1 else None


def _mentions(question: str, name: str, said: Sequence[str]) -> tuple[str, ...]:
    """What of a question names an organisation, as written: "Granvalla-Östmos"."""
    forms = {name, f"{name}s", *(said if len(said) <= 2 else ())}
    tokens = [*re.finditer(r"\w+", question)]
    most = len(name.split())
    runs = (
        question[tokens[n].start() : tokens[m].end()]
        for n in range(len(tokens))
        for m in range(n, min(n + most, len(tokens)))
    )
    return tuple(dict.fromkeys(run for run in runs if plain(run) in forms or run in forms))


def _beside(question: str, name: Sequence[str]) -> tuple[str, ...]:
    """What of a question is the asker's own, where a word that parts two things stands between it and a name."""
    found = []
    joins = _COMPARED if _COMPARES.search(question) else _JOINS
    for mark in name:
        at = question.find(mark)
        for each in _OURS.finditer(question):
            between = question[at + len(mark) : each.end()] if each.start() > at else question[each.start() : at]
            if joins.search(between):
                found.append(each.group())
    return tuple(dict.fromkeys(found))


def _alone(question: str) -> str:
    """A question without the year that it only compares with, in as many characters."""
    return AGAINST_YEAR.sub(lambda words: " " * len(words[0]), question)


def _years_said(text: str, now: int | None) -> list[tuple[int, str]]:
    """The years that a text asks of one beside another, in its order and as written; [] where it names but one, or
    one only to compare with. That of a month ("October 2031") is a time that any plan may have a figure of."""
    found = [(m.start(), int(m[1]), m[1]) for m in _YEAR.finditer(text) if not ends_in_month(text[: m.start()])]
    if now and not _RELATED.search(text):
        for pattern, year in ((LAST_YEAR, now - 1), (NEXT_YEAR, now + 1)):
            found += [(m.start(), year, m.group()) for m in pattern.finditer(text)]
        if any(year != now for _, year, _ in found):
            found += [(m.start(), now, m.group()) for m in THIS_YEAR.finditer(text)]
    found.sort()
    apart = any(_YEARS_JOINED.search(text[a[0] + len(a[2]) : b[0]]) for a, b in pairwise(found) if a[1] != b[1])
    return [(year, mark) for _, year, mark in found] if apart else []


def _home(organisation: str | None, organisations: Mapping[str, Sequence[Known]]) -> str | None:
    """The organisation the asker belongs to: by its whole name, else the only one whose name has all its words, else
    the only one that has a document whose unit, title or file has all its words in its name."""
    if not organisation:
        return next(iter(organisations)) if len(organisations) == 1 else None
    home = plain(organisation)
    if home in organisations:
        return home
    if organisation.isupper():
        short = [name for name in organisations if len(name.split()) > 1 and _initials(name) == home]
        return short[0] if len(short) == 1 else None
    words = _telling(organisation)
    alike = [name for name in organisations if (its := _telling(name)) and (words <= its or its <= words)] or [
        name for name, documents in organisations.items() if any(words <= _called(d) for d in documents)
    ]
    return alike[0] if len(alike) == 1 else None


def _called(document: Known) -> frozenset[str]:
    """The telling words of what a document is called, wherever that stands."""
    names = (document.description.unit or "", document.description.title, re.sub(r"\W|_", " ", document.name))
    return frozenset(chain(*map(_telling, names)))


# What kind of body a name is of, folded: its board and its administration are the same.
_BODY = re.compile(
    r"(?:(?:stadsdels|kommundels|kommun)?(?:namnd|forvaltning|styrelse|kontor)|\b(?:stadsdel|kommun|stad))(?:en|et)?s?$"
)


@lru_cache(maxsize=20_000)  # of names that are stored
def _telling(name: str) -> frozenset[str]:
    """The folded words of a name that tell whose it is, without their genitive: "Norrbys stadsdelsnämnd" is Norrby, and
    "Socialförvaltningen" the same as "Socialnämnden". All of them where they tell but what kind of body it is."""
    words = plain(name).split()
    own = (_BODY.sub("", word).removesuffix("s") for word in words)
    return frozenset(filter(None, own)) or frozenset(words)


# A body with what it is called beside its kind, of which something is asked: "i Norrbys stadsdelsnämnd".
_KIND = r"(?:nämnd|förvaltning|styrelse|kontor)(?:en|et)?"
_OF_BODY = re.compile(
    r"(?P<of>\b(?:i|inom|hos|på|för|in|at|within|of|for) )?"
    rf"\b(?P<body>[\w-]+ [\w-]*{_KIND}|[\w-]+{_KIND}|[\w-]+ (?:kommun|stad|stadsdel|district|municipality))"
    r"(?P<owner>s)?\b",
    re.IGNORECASE,
)


def _bodies(question: str, group: Sequence[Known]) -> list[str]:
    """What a question calls the body whose plan it asks, as written, where it asks something of that: its board or its
    administration, "i Socialförvaltningen" in the plan of "Socialnämnden"."""
    first = group[0]
    whose = _called(first) | _telling(first.description.organisation or "")
    found = (m for m in _OF_BODY.finditer(question) if m["of"] or m["owner"])
    return [m["body"] + (m["owner"] or "") for m in found if _telling(m["body"]) <= whose]


def _named(asked: str, question: str, organisations: Mapping[str, Sequence[Known]]) -> dict[str, list[str]]:
    """The organisations a question names, each with the words that do: its name, its first name where no other has
    it, or its initials."""
    capitals = {plain(word): word for word in re.findall(r"\b[A-ZÅÄÖ]{2,5}\b", question)}
    found: dict[str, list[str]] = {}
    for name in organisations:
        parts = name.split()
        # Of a thousand organisations a question names one: what can't match is seen before a pattern is made.
        if not parts or not (parts[0] in asked or capitals):
            continue
        initials = _initials(name)
        if name in asked and re.search(rf"\b{re.escape(name)}s?\b", asked):
            found[name] = [*parts, name, parts[-1] + "s"]
        elif len(parts) > 1 and initials in capitals:
            found[name] = [capitals[initials]]
        elif len(parts) > 1 and len(parts[0]) >= 6 and parts[0] in asked:
            alone = re.search(rf"\b{re.escape(parts[0])}s?\b(?! {re.escape(parts[1])})", asked)
            hyphenated = re.search(rf"\b{re.escape(parts[0])}-", "-".join(plain(part) for part in question.split("-")))
            if alone and not hyphenated and not any(o != name and parts[0] in o.split() for o in organisations):
                found[name] = [parts[0], parts[0] + "s"]
    # A name within a longer one that is named is not named itself.
    return {
        n: w
        for n, w in found.items()
        if not any(n != other and n in other and len(found[other]) > 1 for other in found)
    }


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split())


_PLACE = re.compile(r"\b([A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)+)(?:s|:s)?\b")
_DISTRICT = re.compile(r"\b([A-ZÅÄÖ][a-zåäöé]+?)s? (?:stadsdel(?!s?områden)\w*|kommun|kommuns|district|municipality)\b")


def _stranger(question: str, organisations: Mapping[str, Sequence[Known]]) -> str | None:
    """An organisation that the question names and that has no plan here."""
    for pattern in (_PLACE, _DISTRICT):
        for found in pattern.finditer(question):
            name = plain(found[1])
            if pattern is _DISTRICT and found.start() == 0 and (name in STOP_WORDS or is_word(found[1].casefold())):
                continue  # "Vilka stadsdelar", "Hela stadsdelsnämnden": the first word has a capital anyway
            if any(name in other or name.rstrip("s") in other for other in organisations):
                continue
            if all(is_moment(part) or is_word(part.casefold()) for part in found[1].split("-")):
                continue  # "January-March", "Mål-Budget"
            if not any(name in _plain(d.name) for documents in organisations.values() for d in documents):
                return found[1]
    return None


def _place(words: Sequence[str], asked: str) -> int:
    """Where in the folded question an organisation is named."""
    places = [asked.find(plain(word)) for word in words]
    return min((place for place in places if place >= 0), default=len(asked))


def _year_by(marks: Sequence[str], years: Sequence[int], question: str) -> int | None:
    """Of several years in a question, the one closest to where an organisation is named, before or after."""
    at, end = min((question.find(mark), question.find(mark) + len(mark)) for mark in marks)

    def distance(year: int) -> float:
        places = (m.start() for m in re.finditer(str(year), question))
        return min((place - end - 0.5 if place > at else at - place - 4 for place in places), default=1e6)

    return min(years, key=distance, default=None)


def _covers(document: Known, year: int) -> bool:
    period = document.description.period
    return period is not None and period.start.year <= year <= period.end.year


def _exact_year(documents: Sequence[Known], year: int) -> list[Known]:
    return [d for d in documents if _covers(d, year)]


def _lacks(documents: Sequence[Known], year: int) -> bool:
    """True where each of some plans says which time it is for, and none is for a year."""
    return bool(documents) and all(d.description.period and not _covers(d, year) for d in documents)


def _current(documents: Sequence[Known], scope: Scope, today: date) -> int | None:
    """The year that "this year" means: the scope's, else that of the newest plan that has begun."""
    return scope.year or next((begins(d) for d in _of_year(documents, None, scope, today)), None)


def year_moved(question: str) -> tuple[re.Pattern[str], int] | None:
    """How a question names the year before another or after it, and by how many years that is away."""
    return next(((p, by) for p, by in ((LAST_YEAR, -1), (NEXT_YEAR, 1)) if p.search(question)), None)


def other_years(known: Sequence[Known], like: Sequence[Known], year: int) -> list[Known]:
    """The plans of other years of the organisation and unit that some documents are of, the nearest to a year first."""
    first, have = like[0].description, {document.id for document in like}
    plans = [
        d
        for d in known
        if d.description.period
        and d.id not in have
        and (_plain(d.description.organisation or ""), d.description.unit, d.description.kind)
        == (_plain(first.organisation or ""), first.unit, first.kind)
    ]
    return sorted(_settled(plans), key=lambda d: abs((begins(d) or 0) - year))[:3]


def _of_year(documents: Sequence[Known], year: int | None, scope: Scope, today: date) -> list[Known]:
    """The documents of the year asked for if there are any, else of the scope's, else the newest that have begun."""
    for wanted in (year, scope.year):
        if wanted is not None and (exact := _exact_year(documents, wanted)):
            return _settled(exact)
    begun = [d for d in documents if d.description.period and d.description.period.start <= today]
    pool = begun or [d for d in documents if d.description.period] or list(documents)
    newest = max(filter(None, map(begins, pool)), default=None)
    return _settled([d for d in pool if newest is None or begins(d) == newest])


def begins(document: Known) -> int | None:
    return document.description.period.start.year if document.description.period else None


def _settled(documents: Sequence[Known]) -> list[Known]:
    """An adopted (or revised) plan before the proposal of the same plan."""
    settled = {
        (d.description.kind, d.description.unit) for d in documents if d.description.status in ("adopted", "revised")
    }
    return [
        d
        for d in documents
        if d.description.status != "proposal" or (d.description.kind, d.description.unit) not in settled
    ]


def _said(unit: str | None, question: str) -> list[str]:
    """What a question calls a unit, as written: its name in any form or, where that has several words, cut short
    ("adm avd"); [] where it doesn't."""
    name = [plain(word) for word in (unit or "").split()]
    words = re.findall(r"\w+", question)
    runs = (words[n : n + len(name)] for n in range(len(words) - len(name) + 1)) if name else ()
    is_form = _is_cut if len(name) > 1 else _is_form
    return [" ".join(run) for run in runs if all(map(is_form, map(plain, run), name))]


def _is_form(word: str, whole: str) -> bool:
    """True for another form of a folded word."""
    return stem(word) == stem(whole)


def _is_cut(word: str, whole: str) -> bool:
    """True for another form of a folded word, or its beginning."""
    return _is_form(word, whole) or (len(word) >= _BEGINNING and whole.startswith(word) and word not in STOP_WORDS)


_BEGINNING = 3  # letters of a word that is cut short


def _of_unit(documents: Sequence[Known], asked: str, scope: Scope) -> list[Known]:
    """A unit's own plan where the question, or else the scope, names it; else what is of the whole organisation."""
    named = [d for d in documents if _said(d.description.unit, asked)]
    own = {plain(name) for name in (scope.unit, scope.organisation) if name}
    mine = [d for d in documents if d.description.unit and plain(d.description.unit) in own]
    whole = [d for d in documents if not d.description.unit]
    return named or mine or whole or list(documents)
