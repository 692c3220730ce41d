"""A question understood: its language, the concepts it names, what it asks for, and the dates and years in it.

Nothing here knows a plan; a plan's own vocabulary comes in only to mend spelling and to tell a name from a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from typing import Literal, Protocol, cast, get_args

from ingest.describe import plain
from ingest.values import MONTHS, dates_in
from retrieval.lexicon import Expansion, Lexicon
from retrieval.search import Concept
from retrieval.swedish import STOP_WORDS, Language, language, parts, spans, stem, terms, tokens
from retrieval.swedish import known as is_word

Asks = Literal[
    "target", "council", "when", "until", "from", "who", "why", "number", "money", "costs", "revenue", "net", "list",
    "compare", "share", "largest", "smallest", "sum", "count", "outcome", "activities", "goals", "how_often",
    "yes_no", "how_many", "contact", "person", "date", "price", "volume", "women", "men",
    "greeting", "instruction", "personal",
]  # fmt: skip


def _cues() -> dict[Asks, re.Pattern[str]]:
    """The patterns of `lexicon/cues.txt` by kind, each kind's as one."""
    kinds: dict[Asks, list[str]] = {}
    for line in (files("retrieval") / "lexicon" / "cues.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, pattern = line.split("\t")
            kinds.setdefault(cast(Asks, kind), []).append(pattern)
    unknown = kinds.keys() - set(get_args(Asks))
    if unknown:
        raise ValueError(f"lexicon/cues.txt: no such kind: {', '.join(sorted(unknown))}")
    return {kind: re.compile("|".join(patterns), re.IGNORECASE) for kind, patterns in kinds.items()}


_PATTERNS = _cues()
_BARE = str.maketrans("åäöÅÄÖ", "aaoAAO")
_BARE_PATTERNS = {
    kind: re.compile(pattern.pattern.translate(_BARE), re.IGNORECASE) for kind, pattern in _PATTERNS.items()
}

# Words that say what kind of thing is asked for more than which: they count little when units are ranked.
_SOFT = frozenset(
    word
    for line in (files("retrieval") / "lexicon" / "generic.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
_GENERIC_WEIGHT, _UNKNOWN_WEIGHT, _NAME_WEIGHT, _CODE = 0.25, 0.4, 1.3, re.compile(r"^[A-ZÅÄÖ]{2,6}$")


@dataclass(frozen=True, slots=True)
class Dates:
    """Days a question limits ends (or starts) to: from and to, both included; None is open."""

    first: date | None = None
    last: date | None = None
    starts: bool = False  # the limit is on start dates


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `written` is the language that it is in, `language` the one to answer in; `unknown` are words that
    neither the lexicon nor the plan knows."""

    text: str
    written: Language
    language: Language
    concepts: tuple[Concept, ...]
    asks: frozenset[Asks]
    years: tuple[int, ...] = ()
    dates: Dates | None = None
    numbered: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unknown_names: tuple[str, ...] = ()
    before: str = ""

    @property
    def meaning(self) -> str:
        """What is compared by meaning: the question, after the one it leans on."""
        return f"{self.before} {self.text}".strip()


# What an asker says of themselves before the question.
_INTRODUCTION = re.compile(
    r"^(?:(?:hej+|hello|hi|hey)[ ,!.]+)?(?:(?:jag )?(?:är|som) (?:helt )?ny (?:chef|här|medarbetare|enhetschef)"
    r"[^,.?!]*[,.!]\s+"
    r"|(?:i'?m |as )?(?:a )?new (?:manager|here|employee|boss|head)[^,.?!]*[,.!]\s+)",
    re.IGNORECASE,
)


class PlanWords(Protocol):
    """What a question needs to know of the words of the plan it is put to."""

    def knows(self, term: str) -> bool:
        """Whether the plan has a term."""

    def near(self, word: str) -> str | None:
        """The plan's word that a misspelt one was meant to be."""

    def initials(self, capitals: str) -> frozenset[str]:
        """The terms of the name that a casefolded abbreviation is short for."""

    def within(self, start: str) -> list[str]:
        """The plan's longer terms that begin so."""


def understand(
    text: str, lexicon: Lexicon, plan: PlanWords, year: int | None, today: date, skip: Iterable[str] = ()
) -> Question:
    """The question read against a plan's vocabulary.

    `year` is what "i år" means; `skip` are words already used up (the organisation's name).
    """
    text = re.sub(rf"(\w{{{_LONGEST_WORD}}})\w+", r"\1", text)  # no word is that long, and to split it takes seconds
    spoken = language(text)
    asks = asked(text)
    used = {plain(word) for word in skip}
    text = _INTRODUCTION.sub("", text) or text
    ranged = re.sub(r"\b(\d+)\s*(?:to|till|–|until)\s*(\d+)\b", r"\1-\2", text)
    if spoken == "sv":
        ranged = _HEADED.sub(lambda word: _apart(word, plan), ranged)
    concepts, unknown, names = _concepts(ranged, spoken, lexicon, plan, year, used)
    return Question(
        text=text,
        written=spoken,
        language=spoken,
        concepts=tuple(concepts),
        asks=asks,
        years=tuple(int(y) for y in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)),
        dates=limits(text, year or today.year, today),
        numbered=tuple(re.findall(r"(?<![\d.,])\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?![\d,])", text)),
        unknown=tuple(unknown),
        unknown_names=tuple(names),
    )


# What is asked for, written as the end of what it is asked of: "sjukfrånvaromålet".
_HEADED = re.compile(r"\b(\w{5,})(mål(?:et|en|sättning\w*)?|siffr(?:an?|or|orna))\b", re.IGNORECASE)


def _apart(word: re.Match[str], plan: PlanWords) -> str:
    """The two parts of a compound that the plan doesn't have, where it has the first."""
    first = word[1].removesuffix("s")
    if plan.knows(stem(word[0].casefold())) or not plan.knows(stem(first.casefold())):
        return word[0]
    return f"{first} {word[2]}"


# A Swedish place as it is often written in a chat, without its capital: "i norrby".
_ELSEWHERE = re.compile(r"\b(?:i|in|for|för|hos|at)\s+$", re.IGNORECASE)
_PLACE_NAME = re.compile(
    r"..(?:by|sta|torp|vik|stad|köping|borg|sjö|holm|näs|hamn|lunda|bro|ryd|hult|arp|valla|sund|fors|tuna|åker)$"
)
_LONGEST_WORD = 60  # letters

_TURNS: tuple[Asks, ...] = (
    "compare", "share", "largest", "smallest", "sum", "net", "costs", "revenue", "how_many", "when", "until", "from",
    "why", "list", "outcome", "yes_no", "how_often", "number", "target",
)  # fmt: skip


def _is_turn(words: str) -> bool:
    """True where words say how something is asked for rather than what: "ökar", "go up", "hur stor andel"."""
    left = words
    for name in _TURNS:
        left = _PATTERNS[name].sub(" ", left)
    return len(left.replace(" ", "")) <= 0.25 * len(words)


def _is_moment(words: str) -> bool:
    """True where words are a date or a point of the year, which a filter on dates reads."""
    return (
        re.fullmatch(
            rf"(?:{_MONTH}|{'|'.join(_EDGES)}|i år|this year|last year|förra året|\\d{{1,2}}|[ .,])+",
            words,
            re.IGNORECASE,
        )
        is not None
    )


def asked(text: str) -> frozenset[Asks]:
    """The kinds of thing a text asks for, by its cue words."""
    bare = text.translate(_BARE) == text and language(text) == "sv"  # typed without å, ä and ö, or none was needed
    patterns = _BARE_PATTERNS if bare else _PATTERNS
    return frozenset(name for name, pattern in patterns.items() if pattern.search(text))


def _concepts(
    text: str, spoken: Language, lexicon: Lexicon, plan: PlanWords, year: int | None, used: set[str]
) -> tuple[list[Concept], list[str], list[str]]:
    """The concepts of a question; its words that nothing knows; and the names among those."""
    concepts: list[Concept] = []
    unknown: list[str] = []
    names: list[str] = []
    taken: list[tuple[int, int]] = []
    for expansion in lexicon.expand(text, spoken):
        words = text[expansion.start : expansion.end]
        if all(plain(w) in used for w in words.split()) or (_CODE.match(words) and plan.initials(words.casefold())):
            continue
        if spoken == "sv" and expansion.weight < 0.7 and plan.knows(stem(words.casefold())):
            continue  # the plan has the very word: what its parts may mean only blurs it
        concept = _expanded(expansion, words, spoken, plan)
        if concept is None:
            continue
        place = (expansion.start, expansion.end)
        if place in taken:  # two parts of one compound: they stand for the whole only as well as either does
            at = next(n for n, have in enumerate(concepts) if have.words == words)
            both = {
                t: max(concepts[at].terms.get(t, 0.0), concept.terms.get(t, 0.0))
                for t in {*concepts[at].terms, *concept.terms}
            }
            concepts[at] = replace(concepts[at], terms=both, phrases=concepts[at].phrases + concept.phrases)
            continue
        concepts.append(concept)
        taken.append(place)
    for token in spans(text):
        if any(a <= token.start < b for a, b in taken) or token.text in STOP_WORDS or plain(token.text) in used:
            continue
        written = text[token.start : token.end]
        found = dict(terms(token.text))
        if not found:
            continue
        if re.match(r"\d{1,2} ?(?:%|procent|percent|per cent)", text[token.start :]):
            concepts.append(Concept(written, found, weight=_GENERIC_WEIGHT))  # what the asker believes, not a name
            continue
        if re.fullmatch(r"(?:19|20)\d\d", token.text):
            concepts.append(Concept(written, found, weight=0.1 if int(token.text) == year else 0.5))
            continue
        capital = written[0].isupper() and token.start > 0 and not re.search(r"[.?!:]\s*$", text[: token.start])
        name = capital or _CODE.match(written) is not None
        long = plan.initials(token.text) if _CODE.match(written) or len(token.text) <= 4 else frozenset()
        if long:
            concepts.append(Concept(written, found, True, 1.0, ((1.0, tuple(sorted(long))),)))
            continue
        if any(plan.knows(term) for term, weight in found.items() if weight >= 0.9):
            soft = token.text in _SOFT or _is_turn(token.text) or _is_moment(token.text)
            share = _GENERIC_WEIGHT if soft else _NAME_WEIGHT if name else 1.0
            concepts.append(Concept(written, found, name, share))
            continue
        within = plan.within(stem(token.text)) if len(token.text) >= 5 and (name or spoken == "sv") else []
        if within:
            concepts.append(Concept(written, found | dict.fromkeys(within, 0.9), name, _NAME_WEIGHT if name else 0.9))
            continue
        if _ELSEWHERE.search(text[: token.start]) and _PLACE_NAME.search(token.text) and not is_word(token.text):
            names.append(written)  # a place that the plan doesn't have is not another one misspelt
            continue
        mended = plan.near(token.text) if len(token.text) > 3 and token.text.isalpha() else None
        if mended:
            concepts.append(Concept(written, {t: 0.9 * w for t, w in terms(mended)}, name, 1.0))
            continue
        if token.text in _SOFT or _is_turn(token.text):
            continue
        part_known = any(plan.knows(term) for term in found)
        if name and not (part_known and spoken == "sv"):
            names.append(written)
        else:
            unknown.append(written)
        compound = spoken == "sv" and len(parts(token.text)) > 1
        weight = _NAME_WEIGHT if name else 0.9 if compound else 0.7 if part_known else _UNKNOWN_WEIGHT
        concepts.append(Concept(written, found, name, weight))
    return concepts, unknown, names


def _expanded(expansion: Expansion, words: str, spoken: Language, plan: PlanWords) -> Concept | None:
    """A lexicon phrase as a concept: its plan words, those of several words only together, and the words themselves."""
    single: dict[str, float] = {}
    phrases: list[tuple[float, tuple[str, ...]]] = []
    for rank, target in enumerate(expansion.targets):
        content = [token.text for token in spans(target) if token.text not in STOP_WORDS]
        share = expansion.weight * (1.0 - 0.05 * rank)
        if len(content) == 1:
            for term, weight in terms(content[0]):
                single[term] = max(single.get(term, 0.0), share * weight)
        elif content:
            stems = tuple(dict.fromkeys(term for word in content for term, weight in terms(word) if weight == 1.0))
            phrases.append((share, stems))
            for term in stems:
                single[term] = max(single.get(term, 0.0), 0.3 * share)
    for term, weight in terms(words):
        if spoken == "sv" or (weight == 1.0 and plan.knows(term)):
            single[term] = max(single.get(term, 0.0), weight)
    if not single and not phrases:
        return None
    content = [w for w in tokens(words) if w not in STOP_WORDS]
    soft = all(w in _SOFT for w in content) or _is_turn(words) or _is_moment(words)
    return Concept(words, single, weight=_GENERIC_WEIGHT if soft else 1.0, phrases=tuple(phrases))


# Dates in words


_EDGES = {
    "midsommar": (6, 24), "midsummer": (6, 24), "halvårsskiftet": (6, 30), "mid-year": (6, 30), "midyear": (6, 30),
    "årsskiftet": (12, 31), "årets slut": (12, 31), "slutet av året": (12, 31), "årsslutet": (12, 31),
    "year-end": (12, 31), "year end": (12, 31), "end of the year": (12, 31), "end of year": (12, 31),
    "new year": (12, 31), "nyår": (12, 31), "jul": (12, 24), "christmas": (12, 24), "påsk": (4, 5), "easter": (4, 5),
    "sommaren": (6, 1), "sommarsemestern": (6, 30), "semestern": (6, 30), "summer": (6, 1), "the holidays": (6, 30),
}  # fmt: skip
_SPANS = {
    "första halvåret": ((1, 1), (6, 30)), "andra halvåret": ((7, 1), (12, 31)), "first half": ((1, 1), (6, 30)),
    "second half": ((7, 1), (12, 31)), "i vår": ((1, 1), (5, 31)), "under våren": ((1, 1), (5, 31)),
    "this spring": ((1, 1), (5, 31)), "in the spring": ((1, 1), (5, 31)), "i höst": ((8, 1), (12, 31)),
    "under hösten": ((8, 1), (12, 31)), "this autumn": ((8, 1), (12, 31)), "in the autumn": ((8, 1), (12, 31)),
    "this fall": ((8, 1), (12, 31)), "i sommar": ((6, 1), (8, 31)), "this summer": ((6, 1), (8, 31)),
    "under sommaren": ((6, 1), (8, 31)), "över sommaren": ((6, 1), (8, 31)),
}  # fmt: skip
_ENGLISH_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                   "november", "december")  # fmt: skip
_MONTH_NUMBER = {name: n for names in (MONTHS, _ENGLISH_MONTHS) for n, name in enumerate(names, 1)}
_MONTH_NUMBER |= {name[:3]: n for name, n in _MONTH_NUMBER.items() if name != "may"} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True))


def limits(text: str, year: int, today: date) -> Dates | None:
    """The days a question limits itself to ("före midsommar", "by the end of Q2", "i juni 2021"), None for none."""
    low = re.sub(r"\s+", " ", text.casefold())
    starts = bool(re.search(r"\bstart\w*|\bbörja\w*|\bpåbörja\w*|\bbegin\w*|\bbegan\b|\bbegun\b|\binlett\w*", low))
    negated = re.search(
        r"\b(?:tidigare|earlier|före|before|innan|sooner)\b[^.?]{0,40}\b(?:än så|than that|det|that|slutdatum|end date)"
        r"\b",
        low,
    )
    quarter = re.search(
        r"\b(?:q|kvartal |quarter )([1-4])\b"
        r"|\b(första|andra|tredje|fjärde|first|second|third|fourth) (?:kvartal\w*|quarter)\b",
        low,
    )
    tertial = re.search(r"\b(?:tertial |t)([123])\b", low)
    on: tuple[date, date] | None = None
    if quarter:
        n = (
            int(quarter[1])
            if quarter[1]
            else (["första", "andra", "tredje", "fjärde", "first", "second", "third", "fourth"].index(quarter[2]) % 4)
            + 1
        )
        on = (date(year, 3 * n - 2, 1), _month_end(year, 3 * n))
    elif tertial and not re.search(r"tertialrapport", low):
        n = int(tertial[1])
        on = (date(year, 4 * n - 3, 1), _month_end(year, 4 * n))
    elif re.search(r"\b(?:nästa månad|next month)\b", low):
        first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        on = (first, _month_end(first.year, first.month))
    elif re.search(r"\b(?:den här månaden|denna månad|this month)\b", low):
        on = (today.replace(day=1), _month_end(today.year, today.month))
    else:
        for phrase, (a, b) in _SPANS.items():
            if re.search(rf"\b{phrase}\b", low):
                on = (date(year, *a), date(year, *b))
    days = _dated(low, year)
    edge = None
    for phrase, (month, day) in _EDGES.items():
        if re.search(rf"\b{phrase}\b", low):
            edge = date(year, month, day)
    if negated and edge:
        return Dates(None, edge - timedelta(days=1), starts)
    between = re.search(r"\b(?:mellan|between)\b|\b(?:från|from)\b.*\b(?:till|to|until)\b", low)
    if between and len(days) >= 2:
        return Dates(days[0][0], days[1][1], starts)
    if edge and not days:
        if re.search(r"\b(?:före|innan|before|tidigare än|earlier than|prior to|ahead of)\b", low):
            last = edge - timedelta(days=1) if edge.month == 12 else edge
            return Dates(None, last, starts)
        if re.search(r"\b(?:till|by|until|senast|till och med|vid|at)\b", low):
            return Dates(None, edge, starts)
        return None
    span = on or (days[0][0], days[0][1]) if days or on else None
    if span is None:
        only = re.search(r"\b(?:före|innan|before|prior to) ((?:19|20)\d\d)\b", low)
        if only:
            return Dates(None, date(int(only[1]) - 1, 12, 31), starts or bool(re.search(r"redan|already", low)))
        after = re.search(r"\b(?:efter|after) ((?:19|20)\d\d)\b", low)
        return Dates(date(int(after[1]) + 1, 1, 1), None, starts) if after else None
    first, last = span
    if re.search(r"\b(?:före|innan|before|tidigare än|earlier than|prior to|ahead of)\b", low):
        # "before 30 June" in a plan's sense takes the day itself along when it is the last of its month.
        return Dates(None, last if last == _month_end(last.year, last.month) else last - timedelta(days=1), starts)
    if re.search(
        rf"\b(?:fram till|till och med|senast|by|until|up to|no later than)\b|\btill (?:slutet|den|{_MONTH}|\d)", low
    ) and not re.search(r"\bfrån\b|\bfrom\b", low):
        return Dates(None, last, starts)
    if re.search(r"\b(?:efter|after|later than|senare än)\b", low):
        return Dates(last + timedelta(days=1), None, starts)
    if re.search(r"\b(?:från och med|from and including|starting)\b", low) and len(days) < 2:
        return Dates(first, None, starts)
    return Dates(first, last, starts)


def _month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def _is_auxiliary(month: str | None, before: str) -> bool:
    """True for "may" that is no month: "May we lower it?", not "due in May"."""
    return month == "may" and not re.search(
        r"\b(?:in|of|by|until|before|after|during|since)(?: late| early)? $", before
    )


def _dated(low: str, year: int) -> list[tuple[date, date]]:
    """The days and months a text names, each as its first and last day, in order."""
    found: list[tuple[int, date, date]] = []
    found += [(low.index(day.isoformat()), day, day) for day in dates_in(low) if day.isoformat() in low]
    taken: list[tuple[int, int]] = []
    for pattern in (
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|:e|:a)?(?: of)? (?P<m>{_MONTH})\b\.?(?:,? (?P<y>\d{{4}}))?",
        rf"\b(?P<m>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? (?P<y>\d{{4}}))?",
        r"\b(?P<d>\d{1,2})/(?P<n>\d{1,2})\b",
        rf"\b(?P<m>{_MONTH})\b(?: (?P<y>\d{{4}}))?",
    ):
        for m in re.finditer(pattern, low):
            groups = m.groupdict()
            if any(a <= m.start() < b for a, b in taken):
                continue
            if not groups.get("d") and (groups.get("m") == "jul" or _is_auxiliary(groups.get("m"), low[: m.start()])):
                continue
            month = int(groups["n"]) if groups.get("n") else _MONTH_NUMBER[groups["m"]]
            of = int(groups.get("y") or year)
            if not 1 <= month <= 12:
                continue
            try:
                first = date(of, month, int(groups["d"]) if groups.get("d") else 1)
            except ValueError:
                continue
            found.append((m.start(), first, first if groups.get("d") else _month_end(of, month)))
            taken.append(m.span())
    return [(a, b) for _, a, b in sorted(found)]


_LEANING = re.compile(
    r"^(?:och|men|så|and|but|so|okej|ok)\b|\b(?:det andra|den andra|de andra|the other|that one|the same|samma|"
    r"dess|detta|denne|denna|dessa|"
    r"it|its|they|them|their|that|those|these|this|dom|dem|de|den|det|där|there|then|då|he|she|han|hon)\b"
    r"|^(?:what about|how about|hur är det (?:med|för|i|på)|hur blir det|vad gäller för|samma för|same for)\b"
    r"|^(?:för|i|på|hos|med|for|in|at|with)\b(?!.*\b(?:hur|vad|vilk\w+|när|vem|what|how|which|when|who)\b)",
    re.IGNORECASE,
)


def leans(text: str) -> bool:
    """True where a question can't stand by itself: it begins with "och", points back, or is very short."""
    words = [t.text for t in spans(text)]
    content = [word for word in words if word not in STOP_WORDS and word not in _SOFT]
    return not content or len(words) <= 2 or (_LEANING.search(text) is not None and len(content) <= 5)


_CLAUSE = re.compile(
    r"(?:\s*[,;?–-]\s*|\s+)(?:och|and|samt|as well as|&|o|å)?\s*(?=\b(?:hur|vad|vilka|vilken|vilket|vem|när|var|varför|"
    r"how|what|which|who|when|where|why|whose)\b)",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The questions that one message asks, up to three: "what is planned, and by when?" asks two."""
    cuts = [
        m
        for m in _CLAUSE.finditer(text)
        if m.start() > 3 and re.search(r"[,;?&–-]|\b(?:och|and|samt|o|å)\b", m.group(), re.I)
    ]
    pieces, start = [], 0
    for cut in cuts[:3]:
        pieces.append(text[start : cut.start()].strip())
        start = cut.end()
    pieces.append(text[start:].strip())
    pieces = [piece for piece in pieces if piece]
    if len(pieces) > 1 and not _QUESTION_WORD.search(pieces[0]) and not _PATTERNS["yes_no"].search(pieces[0]):
        topic, *rest = pieces  # "Holiday jobs: how many, and what do they cost?"
        return [f"{topic}: {piece}" for piece in rest]
    return pieces


_QUESTION_WORD = re.compile(
    r"\b(?:hur|vad|vilka|vilken|vilket|vem|när|var|varför|how|what|which|who|when|where|why|whose|list|lista|name)\b",
    re.IGNORECASE,
)


def lightened(concepts: Iterable[Concept], share: float) -> list[Concept]:
    """The same concepts, each counting a share of what it did: those of an earlier question."""
    return [replace(concept, weight=concept.weight * share) for concept in concepts]
