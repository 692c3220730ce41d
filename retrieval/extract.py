"""Prose answered by the few sentences that answer, quoted from their passage."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ingest.plan import Passage
from ingest.source import Span
from ingest.values import MONTHS, folded, mended
from retrieval.answer_types import Reference, Statement
from retrieval.lookup import Facts
from retrieval.phrases import say
from retrieval.question import Asks, Question
from retrieval.search import Concept, Hit, Searchable, analysed
from retrieval.swedish import stem, tokens
from retrieval.units import Entry, Kind

_NUMBER_WORDS = [
    "noll",
    "en",
    "ett",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
    "hälften",
    "halva",
    "tredjedel",
    "fjärdedel",
    "dubbelt",
    "hundra",
    "tusen",
    "femton",
    "tjugo",
    "trettio",
    "fyrtio",
    "femtio",
    "båda",
    "ingen",
    "inga",
    "inget",
    "gånger",
]
_HAS_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(_NUMBER_WORDS[3:])})\b", re.IGNORECASE)
_PER_TIME = re.compile(
    r"\b(?:per|i|en gång (?:per|i|om)) (?:vecka|veckan|dag|dagen|dygn|år|året|månad|månaden|termin|timme|timmen)\b",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(
    rf"\b(?:{'|'.join(MONTHS)})\b|\d{{4}}|tertial|\b(?:våren|hösten|sommaren|vintern|halvår\w*|årsskiftet|kvartal\w*|vecka|veckor|månad\w*|"
    r"årligen|dagar|timmar|början av|slutet av)\b",
    re.IGNORECASE,
)
_HAS_REASON = re.compile(
    r"\b(?:på grund av|pga|p\.g\.a|därför|beror|eftersom|i syfte|syfte\w*|för att|till följd av|anledning"
    r"|då den|då det|orsak\w*|genom att|möjliggöra)\b",
    re.IGNORECASE,
)
_BODIES = (
    "nämnd|förvaltning|styrelse|enhet|avdelning|kontor|bolag|myndighet|verk(?:et)?\\b|polis|region|råd(?:et|en)?\\b|team|grupp"
    "|förening|organisation|sekretariat|kansli|stab(?:en)?\\b|företag|högskola|universitet|socialtjänst|försäkringskassa"
)
_ROLES = (
    "chef|direktör|ledare|rektor|ordförande|ledamot|ledamöter|samordnare|handläggare|sekreterare|controller|registrator"
    "|ansvarig|ombud|sköterska|lärare|pedagog|coach|konsult|assistent|medarbetare|personal|anställd|utförare|leverantör"
    "|entreprenör|ägare|hyresvärd|värd(?:en|ar)?\\b|ingenjör|vakt|lots|utredare|kommunikatör|politiker|tjänsteman|invånare"
    "|terapeut|curator|kurator|psykolog|fältassistent|kontaktperson|specialist|strateg|inspektör|kock|arbetare"
)
_HAS_ROLE = re.compile(_ROLES, re.IGNORECASE)
_HAS_BODY = re.compile(rf"{_BODIES}|{_ROLES}|\bAB\b", re.IGNORECASE)
# A capital within a sentence: a name of somebody, or of a place.
_HAS_NAME = re.compile(r"(?<=[\w,;–] )(?:[A-ZÅÄÖ][a-zåäöé]+|[A-ZÅÄÖ]{2,})\b|\b[A-ZÅÄÖ]{2,}\b")
_HAS_MONEY = re.compile(r"\d[\d ,]*\s?(?:mnkr|tkr|kr\b|kronor|miljon|mkr|procent|%)", re.IGNORECASE)
_HAS_PRICE = re.compile(r"\d[\d ,]*\s?(?:kr\b|kronor|kr/|procent|%)", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:[•·▪◦●○■\uf0b7\uf0a7\u2023]|[-–—] |\d{1,2}[.)] |[a-z]\) )")


def fits(words: str, question: Question) -> float:
    """How far a text has the form of what is asked (a number, a time, a reason, a body): 1.0 neutral, up to 1.25."""
    asks = question.asks
    factor = 1.0
    if "money" in asks:
        factor *= 1.2 if _HAS_MONEY.search(words) else 0.9
    elif "number" in asks or "price" in asks:
        pattern = _HAS_PRICE if "price" in asks else _HAS_NUMBER
        factor *= 1.2 if pattern.search(words) else 0.8
    if asks & {"when", "until", "from"}:
        factor *= 1.15 if _HAS_TIME.search(words) else 0.9
    if "why" in asks:
        factor *= 1.2 if _HAS_REASON.search(words) else 0.95
    if "who" in asks:
        factor *= 1.1 if names_somebody(words, question) else 0.9
    return factor


def names_somebody(words: str, question: Question) -> bool:
    """True where a text has a body, a role or a name that the question doesn't say itself; a role or somebody's name,
    where it asks who works somewhere."""
    said = set(tokens(question.text))
    others = re.sub(r"\w+", lambda word: "–" if word[0].casefold() in said else word[0], words)
    if _STAFF.search(question.text):
        return _HAS_ROLE.search(others) is not None or _HAS_PERSON.search(others) is not None
    return _HAS_BODY.search(others) is not None or _HAS_NAME.search(others) is not None


_STAFF = re.compile(
    r"\b(?:who|vem|vilka) (?:works?|is working|jobbar|arbetar) (?:in|at|on|for|i|på|inom|hos|med)\b"
    r"|\bbemanna\w*|\bstaffed\b",
    re.IGNORECASE,
)


_HAS_DATE = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\b\d{{1,2}}(?:\s+|:e |/)(?:{'|'.join(MONTHS)}|\d{{1,2}}\b)", re.IGNORECASE
)
_HAS_CONTACT = re.compile(
    r"\b0\d{1,3}[- ]\d[\d ]{4,}|\S+@\S+\.\w+|\bkl(?:ockan|\.)? ?\d|\b\d{1,2}[.:]\d{2}\b"
    r"|www\.|https?://|\b\w+(?:vägen|gatan|plan|gränd) \d",
    re.IGNORECASE,
)
# Two names in a row: that some places are written so too costs little, since this only refuses what has none.
_HAS_PERSON = re.compile(r"\b[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?(?: [A-ZÅÄÖ][a-zåäöé]+)+\b")
_HAS_KRONOR = re.compile(r"\d[\d \u00a0\u2009]*\s?(?:kr\b|kronor|kr/)", re.IGNORECASE)


def forms(words: str, kind: Kind) -> dict[str, bool]:
    """Which forms of an answer a text of some kind has: a number, money, a time, kronor."""
    return {
        "number": _HAS_NUMBER.search(words) is not None,
        "money": kind == "budget" or _HAS_MONEY.search(words) is not None,
        "time": kind == "activity" or _HAS_TIME.search(words) is not None or _HAS_DATE.search(words) is not None,
        "kronor": _HAS_KRONOR.search(words) is not None,
    }


def answers_form(words: str, question: Question, plan_year: int | None, labels: str = "") -> bool:
    """True where a text has the form that the question insists on: a figure, a date, a person, the year asked about.

    `words` are what is said and quoted, `labels` the table headers beside them. What lacks the form may be on the
    subject, but is no answer.
    """
    asks = question.asks
    undated = _YEARS.sub(" ", words)
    counts = _NO_COUNT.sub(" ", undated)
    if "how_many" in asks and not asks & _OF_MONEY:
        counts = _HAS_MONEY.sub(" ", counts)
    counted = _HAS_NUMBER.search(counts) or _PER_TIME.search(words)
    lasting = "until" in asks and _HAS_DATE.search(words)  # "hur länge": a day is as good as a number
    if asks & {"number", "how_many", "outcome"} and not counted and not lasting:
        return False
    if (
        "money" in asks
        and "how_many" not in asks
        and asks & {"number", "net", "costs", "revenue"}
        and not (_HAS_MONEY.search(words) or "mnkr" in labels)
    ):
        return False
    if "date" in asks and not _HAS_DATE.search(words):
        return False
    timed = asks & {"when", "until", "from"} and not asks & {"number", "how_many", "who", "list", "activities"}
    if timed and not _HAS_TIME.search(words):
        return False
    if "contact" in asks and not _HAS_CONTACT.search(words):
        return False
    if (asks_who(question) or _STAFF.search(question.text)) and not names_somebody(words, question):
        return False
    if "person" in asks and not _HAS_PERSON.search(words):
        return False
    if _PRICED.search(question.text) and _PER_ONE.search(question.text) and not _HAS_PRICE.search(words):
        return False
    if plan_year is None:
        return True
    other = [year for year in question.years if year != plan_year]
    said = f"{words} {labels}"
    if other and plan_year not in question.years:
        if not any(str(year) in said for year in other):
            return False
        if "target" in asks and not _HAS_NUMBER.search(undated):
            return False
    return (
        "outcome" not in asks
        or re.search(r"\b(?:VB|Bokslut|Utfall|utfall\w*|blev|uppgick|var|hade)\b", said) is not None
    )


def asks_who(question: Question) -> bool:
    """True where who is the first thing that a question asks."""
    first = _FIRST_ASKED.search(question.text)
    return first is not None and first["who"] is not None


_FIRST_ASKED = re.compile(
    r"\b(?:(?P<who>vem|vems|who|whom|whose)|vad|vilk(?:en|et|a)|när|hur|var|vart|varför|what|which|when|how|where|why|list|lista)\b",
    re.IGNORECASE,
)


def is_of_it(hit: Hit, question: Question) -> bool:
    """True unless a question asks who does something with something, and an entry lacks one of the two."""
    return not asks_who(question) or all(
        share >= _HELD
        for concept, share in zip(question.concepts, hit.shares, strict=True)
        if concept.weight >= 0.9 and not concept.name
    )


_HELD = 0.3  # of a concept: less is the part of a compound, or far off
_PRICED = re.compile(
    r"\bkostar?\b|\bcosts?\b|\bpris\w*|\bprices?\b|\bfees?\b|\bavgift\w*|\bcharge[sd]?\b|\bbetalar?\b|\bpay\b|\btaxa\w*",
    re.IGNORECASE,
)
_OF_MONEY = {"money", "net", "costs", "revenue", "price", "compare", "share", "largest", "smallest", "sum", "target"}
# Numbers that count nothing: a day of a month, an annex, a school year.
_NO_COUNT = re.compile(
    rf"\b(?:den )?\d{{1,2}}(?:[-–]\d{{1,2}})? (?:{'|'.join(MONTHS)})\b|\b\d+(?:\.\d+){{2,}}"
    r"|(?:\b(?:bilaga|årskurs|åk|kapitel|kap\.?|sid\.?)|§) ?\d+(?:\.\d+)*",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<![\d,.])(?:19|20)\d{2}(?:-\d{2}-\d{2})?(?!\d|,\d)")
_PER_ONE = re.compile(
    r"\bfor (?:a|one|each) (?:family|child|person|kid|resident)\b|\bför (?:en|ett|varje) (?:familj|barn|person|plats)\b"
    r"|\bper (?:week|day|night|month|hour|child|person|vecka|dag|dygn|månad|timme|barn|person|plats)\b"
    r"|\ba (?:week|day|night|month)\b|\bi (?:timmen|månaden|veckan)\b|\bavgift\w*|\bfee\b",
    re.IGNORECASE,
)


def prose_statements(
    facts: Facts, searchable: Searchable, hits: Sequence[Hit], question: Question, room: int
) -> list[Statement]:
    """The best sentence with those beside it that it needs, as statements of quoted words; `room` in characters.

    `hits` are passages of this document only, best first, re-scored by form.
    """
    if not hits:
        return []
    best = hits[0]
    by_number = {hit.entry.number: hit for hit in hits}
    chosen = {best.entry.number}
    unit = best.entry.unit
    members = [e for e in searchable.entries if e.unit is unit]
    words = best.entry.words
    order = {e.number: n for n, e in enumerate(members)}

    if _is_list(unit.item) and ("list" in question.asks or words.endswith(":") or _ITEM.match(words)):
        total = 0
        for entry in members:
            if total + len(entry.words) <= room:
                chosen.add(entry.number)
                total += len(entry.words)
    else:
        first, last = _continued(searchable, members, order[best.entry.number], by_number, question, room)
        chosen |= {entry.number for entry in members[first : last + 1]}
    return _quoted(facts, [e for e in members if e.number in chosen], question)


def _continued(
    searchable: Searchable, members: Sequence[Entry], at: int, hits: Mapping[int, Hit], question: Question, room: int
) -> tuple[int, int]:
    """Where a quote of the sentence `at` begins and ends among the sentences of its passage: it goes on to what the
    question still asks for or names, and with the thought where the next sentence leans on what was said."""
    first = last = at
    best = hits[members[at].number]

    def said(first: int, last: int) -> str:
        """The sentences from the first to the last; "" where there are none such, or no room for them."""
        if first < 0 or last >= len(members):
            return ""
        words = " ".join(entry.words for entry in members[first : last + 1])
        return words if len(words) <= room else ""

    for grow in (True, False):
        for has in _forms_asked(question):
            if not has(said(first, last)):
                wider = ((first, last + 1), (first - 1, last), (first, last + 2))
                first, last = next((each for each in wider if has(said(*each))), (first, last))
        for _ in range(2 if grow else 0):
            if said(first, last + 1) and last < at + 2 and _adds(hits.get(members[last + 1].number), best):
                last += 1
            if said(first - 1, last) and first > at - 2 and _adds(hits.get(members[first - 1].number), best):
                first -= 1
    if _LEANS.match(members[first].words) and said(first - 1, last):
        first -= 1
    for _ in range(_FURTHER if is_open(question) else 0):
        if said(first, last + 1) and _leans_on(members[last + 1].words, said(first, last), searchable):
            last += 1
    return first, last


def _adds(hit: Hit | None, best: Hit) -> bool:
    """True where a sentence beside the best carries concepts of its own."""
    if hit is None or hit.score < 0.45 * best.score:
        return False
    return any(
        (g > 0.5 * b and g > 0 and hit.own > 0.15) or (g > 1.3 * b and g > 1)
        for g, b in zip(hit.by_concept, best.by_concept, strict=True)
    )


_FURTHER = 2  # sentences at most that are told after the one found because they lean on it
# How a sentence begins that needs the one before. "Det finns …" and its like begin anew.
_LEANS = re.compile(
    r"(?:Det(?! (?:finns|fanns|är|ska|kommer|krävs|behövs|går|råder|saknas)\b)|Detta|Denn[ae]|Dessa|De|Den|Där|Dit|Då"
    r"|Därefter|Därför|Han|Hon)\b(?! \w+a \w+(?:en|et|na|n)\b)"
)
# What names a side of the thing just told.
_SIDE = re.compile(
    r"(?:(?:Huvud)?[Ss]yfte|Mål|Tanke|Avsikt|Skäl|Anledning|Orsak|Projekt|Program|Insats|Team|Metod|Modell|Satsning|Uppdrag"
    r"|Resultat|Kostnad|Avgift|Avtal|(?:Mål)?[Gg]rupp|Verktyg|System)(?:et|en|t|n|erna|arna)\b|Ansökan\b"
)
_DEFINITE = re.compile(r"\w{3,}(?:en|et|an|na)\b")
_RARE = 3.0  # how rare a word is in a plan that names what was told, not who does everything


def _leans_on(words: str, said: str, searchable: Searchable) -> bool:
    """True where a sentence goes on from what was said: it points back at its beginning ("Detta sker …"), names a side
    of it ("Syftet är …"), or begins with a thing that was just named ("Familjeguiderna talar …")."""
    if _LEANS.match(words) or _SIDE.match(words):
        return True
    begins = _DEFINITE.match(words)
    if begins is None:
        return False
    name = stem(begins[0].casefold())
    return searchable.rarity(Concept(name, {name: 1.0})) >= _RARE and name in dict(analysed(said))


def tells(words: str, question: Question) -> bool:
    """True where a text has each form that a question asks for, and each thing that it names."""
    held = dict(analysed(words))
    named = [concept for concept in question.concepts if concept.weight >= 0.5]
    return all(has(words) for has in _forms_asked(question)) and all(
        any(held.get(term, 0.0) * weight >= _NAMED for term, weight in concept.terms.items()) for concept in named
    )


def lacks_form(words: str, question: Question) -> bool:
    """True where a question asks for a figure, a time, a reason or somebody, and a text has none."""
    wanted = _forms_asked(question)
    return bool(wanted) and not any(has(words) for has in wanted)


_NAMED = 0.5  # of a concept: a synonym in full, or its own word as part of a compound


def is_open(question: Question) -> bool:
    """True where a question asks for more than one figure, time or name: what something is, or several things."""
    return not question.asks & _CLOSED or len(_ASKED.findall(question.text)) > 1


_CLOSED: frozenset[Asks] = frozenset(
    ("number", "how_many", "money", "price", "target", "when", "until", "from", "who", "contact", "list")
)
_ASKED = re.compile(
    r"\b(?:vem|vems|vad|va|vilk(?:en|et|a)|när|hur|var|vart|varför|who|whose|what|which|when|how|where|why)\b",
    re.IGNORECASE,
)
_LASTING = re.compile(r"\b(?:hur länge|how long)\b", re.IGNORECASE)
_HAS_DURATION = re.compile(
    rf"\b(?:\d[\d,]*|{'|'.join(_NUMBER_WORDS[1:14])})(?:[-–]\d+)? "
    r"(?:år|månader|veckor|dagar|dygn|timmar|minuter|terminer)\b|\btill och med\b|\bt\.o\.m|\d[.:]\d\d[-–]",
    re.IGNORECASE,
)


def _forms_asked(question: Question) -> list[Callable[[str], object]]:
    """What tells, of each form that a question asks for, whether a text has it."""
    asks = question.asks
    found: list[Callable[[str], object]] = []
    if asks & {"money", "price"} and "how_many" not in asks:
        found.append(_HAS_MONEY.search)
    elif asks & {"number", "how_many"}:
        found.append(lambda words: _HAS_NUMBER.search(_NO_COUNT.sub(" ", _YEARS.sub(" ", words))))
    if _LASTING.search(question.text):
        found.append(_HAS_DURATION.search)
    if asks & {"when", "until", "from"}:
        found.append(_HAS_TIME.search)
    if "why" in asks:
        found.append(_HAS_REASON.search)
    if "who" in asks:
        found.append(lambda words: names_somebody(words, question))
    return found


def _is_list(item: object) -> bool:
    return isinstance(item, Passage) and "\n" in item.text


def _quoted(facts: Facts, entries: Sequence, question: Question) -> list[Statement]:  # type: ignore[type-arg]
    """Entries as statements, neighbours in one quote where they stand together."""
    text = facts.plan.text
    groups: list[list] = []  # type: ignore[type-arg]
    for entry in entries:
        if (
            groups
            and entry.number == groups[-1][-1].number + 1
            and entry.spans[0].end - groups[-1][0].spans[0].start <= 780
            and (_same_run(text, groups[-1][-1].spans[-1], entry.spans[0]))
        ):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    statements: list[Statement] = []
    for group in groups:
        span = Span(group[0].spans[0].start, group[-1].spans[-1].end)
        quote = text[span.start : span.end]
        shown = "\n".join(_shown(line) for line in _lines(quote))
        section = group[0].unit.path
        key = "quoted" if not statements else "quoted_more"
        statements.append(
            Statement(say(key, question.language, quote=shown), (Reference(facts.document, span, section),))
        )
    return statements


def _same_run(text: str, before: Span, after: Span) -> bool:
    return not text[before.end : after.start].strip()


def _lines(quote: str) -> list[str]:
    """A quote's list items each on a line, its prose on one."""
    parts = re.split(r"\n(?=\s*(?:[•·▪◦●○■\uf0b7\uf0a7\u2023]|[-–—] |\d{1,2}[.)] ))", quote)
    return [mended(part) for part in parts if folded(part)]


def _shown(line: str) -> str:
    return re.sub(r"^\s*[•·▪◦●○■\uf0b7\uf0a7\u2023]\s*", "– ", line)
