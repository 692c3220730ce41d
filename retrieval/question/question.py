"""A question understood: its language, the concepts it names, what it asks for, and the dates and years in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import date

from ingest.describe import plain
from ingest.values import folded
from retrieval.language.cues import PATTERNS, Asks, asked, turns
from retrieval.language.dates import NUMBERS, Dates, counts_from_today, is_moment, limits, number_of
from retrieval.language.lexicon import Lexicon
from retrieval.language.swedish import STOP_WORDS, Language, language, spans, stem
from retrieval.question.concepts import SOFT, SOFT_STEMS, PlanWords, concepts_of, spelled
from retrieval.question.newcomer import CALLED, is_new, of_others, without_arrival
from retrieval.question.scope import NEXT_YEAR
from retrieval.store.search import Concept, terms_of


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `about` is its text without what names the plan; `written` is its language, `language` the one to
    answer in; `unknown` are words that neither the lexicon nor the plan knows, `excluded` is what it says it is not
    about; `of_newcomer` says that the asker is new at work."""

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
    excluded: tuple[Concept, ...] = ()
    before: str = ""
    about: str = ""
    of_newcomer: bool = False

    @property
    def meaning(self) -> str:
        """What is compared by meaning: the question, after the one it leans on."""
        return f"{self.before} {self.about or self.text}".strip()

    @property
    def things(self) -> list[Concept]:
        """What it names of its own, beside how it asks."""
        return [concept for concept in self.concepts if concept.weight >= 0.9 and not turns(concept.words)]

    def is_told_by(self, *texts: str) -> bool:
        """True where texts say all the things that it names, maybe as a part of a compound."""
        held = terms_of(*texts, least=0.5)
        return all(thing.is_in(held) for thing in self.things)


def calmed(text: str) -> str:
    """A text on one line, and in small letters where it is all in capitals, which make no word a name."""
    text = folded(text)
    return text.casefold() if text.isupper() and len(text.split()) > _ABBREVIATIONS else text


def years_in(text: str) -> tuple[int, ...]:
    """The years that a text names, all of a span: "2024–2026"."""
    text = _YEARS_SPANNED.sub(lambda found: " ".join(map(str, span_of(found))), text)
    return tuple(dict.fromkeys(int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)))


def years_spanned(text: str) -> tuple[int, ...]:
    """The years of the span that a text names; () where it names none."""
    found = _YEARS_SPANNED.search(text)
    return span_of(found) if found else ()


def span_of(found: re.Match[str]) -> tuple[int, ...]:
    first, last = int(found["first"]), int(found["last"])
    last = last if last > 99 else first - first % 100 + last
    return tuple(range(first, last + 1)) if first < last <= first + _LONGEST_SPAN else (first, last)


# The year after this one; what is kept for it is this one's: "till nästa år".
_NEXT = re.compile(rf"(?<!till )(?<!into )(?<!in i )(?<!over to )(?<!for ){NEXT_YEAR.pattern}", re.IGNORECASE)
_LONGEST_SPAN = 10  # years
_YEARS_SPANNED = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d{2})\s*[–—-]\s*(?P<last>(?:(?:19|20)\d|[1-9])\d)(?![\d-])")

_ABBREVIATIONS = 2  # words in capitals that may be nothing else: "LSS", "VP SAM"


def understand(
    text: str,
    lexicon: Lexicon,
    plan: PlanWords,
    year: int | None,
    today: date,
    skip: Iterable[str] = (),
    written: Language | None = None,
) -> Question:
    """The question read against a plan's vocabulary.

    `year` is what "i år" means; `skip` are words already used up (the organisation's name); `written` is the language
    of the text, None for what its words tell.
    """
    new = is_new(text)
    # No word is that long, and to split it takes seconds.
    text = without_arrival(re.sub(rf"(\w{{{_LONGEST_WORD}}})\w+", r"\1", text))
    text = _IF_SO.sub("", _EXISTING.sub(_which, text))
    dates = limits(_PREMISE.sub("", text), year or today.year, today)
    text = _NEXT.sub(str(year + 1), text) if year and not years_in(text) else text
    spoken = written or language(text)
    used = {plain(word) for word in skip}
    meant, set_aside = _parted(subject(spelled(text, lexicon, plan) if spoken == "sv" else text))
    asks = asked(_WHILE.sub("", _parted(_unsourced(text))[0]))
    asks = of_others(asks, text) if new else asks
    meant = _RANGE.sub(_ranged, meant)
    concepts, unknown, names = concepts_of(meant, spoken, lexicon, plan, year, used)
    if new:
        called, _, _ = concepts_of(CALLED, "sv", lexicon, plan, year, used)
        known = {term for concept in concepts for term in concept.meant}
        concepts += lightened((concept for concept in called if not concept.meant & known), _SELF)
    excluded, _, _ = concepts_of(set_aside, spoken, lexicon, plan, year, used) if set_aside else ([], [], [])
    named = {term for concept in concepts for term in concept.meant}
    counted_in = _INCLUDED.search(text)
    if counted_in:
        concepts = [c for c in concepts if c.words not in counted_in[1]]
    if "how_many" in asks and "money" not in asked(_BUDGETED.sub(" ", text)):  # "how many people do we budget for?"
        asks -= {"money"}
        concepts = [concept for concept in concepts if not _BUDGETED.fullmatch(concept.words)]
    if {"target", "council"} <= asks:  # whose target, not what it is of
        council = PATTERNS["council"]
        concepts = [replace(c, weight=min(c.weight, _SIDE)) if council.fullmatch(c.words) else c for c in concepts]
    said = " ".join(found[0] for kind in asks & _OF_PLACE if (found := PATTERNS[kind].search(text)))
    how = {*said.split()}
    concepts = [replace(c, weight=min(c.weight, _SIDE)) if how & {*c.words.split()} else c for c in concepts]
    if _ROOM_FOR.search(text) and (of := _THING_LISTED.search(text)):
        concepts = [replace(c, terms={**c.terms, "plats": 1.0}) if of[1] in c.words.split() else c for c in concepts]
    if (gloss := _GLOSS.search(meant)) is not None:  # what only explains what is named before it is no other thing
        before = meant[: gloss.start()]
        concepts = [replace(c, weight=min(c.weight, _SELF)) if c.words not in before else c for c in concepts]
    services = "|".join(re.escape(c.words) for c in concepts if _SERVICE.fullmatch(c.words))
    if services and "activities" not in asked(re.sub(services, " ", text)):
        asks -= {"activities"}
    return Question(
        text=text,
        written=spoken,
        language=spoken,
        concepts=tuple(concepts),
        asks=asks,
        years=years_in(text),
        dates=None if _is_measured(text, asks) else dates,
        numbered=tuple(re.findall(r"(?<![\d.,])\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?!\d|[.,]\d)", text)),
        unknown=tuple(word for word in unknown if word not in how),
        unknown_names=tuple(names),
        excluded=tuple(concept for concept in excluded if concept.weight >= 0.9 and not concept.meant & named),
        of_newcomer=new,
    )


def _is_measured(text: str, asks: Set[Asks]) -> bool:
    """True where a time "within four months" is part of what is measured, and no days that something is due in."""
    return ("share" in asks or ("target" in asks and "list" not in asks)) and bool(counts_from_today(text))


# Whether there are any that are so is asked to hear which: "is there any area that gets less?".
_EXISTING = re.compile(
    r"^(?P<sv>(?:är|finns|har|blir|var) (?:det|vi|ni|man) (?:någo[nt]|några|nå[nt]|nåra)(?: av (?:våra|de|dom))?)"
    r"(?= \w+ (?:som|där|vars)\b)"
    r"|^(?:is|are|was|were|do|does|have) (?:there|we|you)(?: have| got)? (?:any|some)(?: of (?:our|the))?"
    r"(?= \w+(?: \w+)? (?:that|which|who|whose|where)\b)",
    re.IGNORECASE,
)
_IF_SO = re.compile(r",? \b(?:i så fall|if so|in that case)\b", re.IGNORECASE)


def _which(found: re.Match[str]) -> str:
    return "vilka" if found["sv"] else "which"


_COUNT = rf"(?:\d{{1,3}}|{'|'.join(word for word in NUMBERS if word.isalpha() and word not in ('a', 'an'))})"
# From one number to another, as tables have it: "1-3 år" is said "mellan ett och tre år", "one to three".
_RANGE = re.compile(
    rf"\b(?:mellan|between) ({_COUNT}) (?:och|and) ({_COUNT})\b|\b({_COUNT})\s*(?:to|till|–|until)\s*({_COUNT})\b",
    re.IGNORECASE,
)


def _ranged(found: re.Match[str]) -> str:
    return "-".join(str(number_of(number)) for number in found.groups() if number)


def is_telling(words: str) -> bool:
    """False for what says how a comparison is made, not of what: "2020", "utfallet", "up"."""
    return not turns(words) and not is_moment(words)


def subject(text: str) -> str:
    """A text without what it sets aside first ("Apart from the catering unit, …"), without where it says that the
    answer stands ("according to the plan"), without what the asker needs it for ("Need it for my calendar.") and
    without what asks for a yes at its end ("…, right?"), which are not what it asks about."""
    return _unsourced(_NEEDED.sub("?", _AGREED.sub("?", _EXCEPTED.sub("", text))))


def _parted(text: str) -> tuple[str, str]:
    """A text without what it says that it is not about, and that: "the target for food (not in day centres)"."""
    found = _NOT_MEANT.search(text)
    return (text, "") if found is None else (f"{text[: found.start()]} {text[found.end() :]}", found[1])


def without_aside(text: str) -> str:
    """A text without what it says that it is not about."""
    return _parted(text)[0]


_NOT_MEANT = re.compile(
    r"(?:(?:\(|[,.?!] ?| [–-] )(?:alltså |dvs |i\.e\. )?(?:inte|ej|not)"
    r"|[ (,.?!]+(?:exkl(?:usive|\.)?|excluding|förutom|bortsett från|except(?: for)?|apart from"
    r"|bortse från|räkna bort|räkna inte med|undantaget|leav(?:e|ing) out|don['’]t count|not counting))"
    r" (?:(?:the|for|in|på|i|för|till|de|den|det|om) )*"
    r"([^,()?]{3,50}?) ?(?:\)|(?=[,?.!]| [–-] |$))",
    re.IGNORECASE,
)


def _unsourced(text: str) -> str:
    return FROM_REPORT.sub("", _FROM_PLAN.sub("", _PLAN_BEFORE_YEAR.sub("", text)))


_PLAN_BEFORE_YEAR = re.compile(r"\b(?:vp|verksamhetsplan(?:en)?) (?=(?:19|20)\d\d\b)", re.IGNORECASE)


_EXCEPTED = re.compile(
    r"^(?:förutom|utöver|bortsett från|apart from|aside from|besides|other than|except(?: for)?) [^,.?!:]{2,60}, ",
    re.IGNORECASE,
)
# What the asker says last of themselves: "Jobbar där och måste planera.", "I need it for my calendar."
_NEEDED = re.compile(
    r"\?\s+(?:(?:jag|i) )?(?:behöver|måste|jobbar|arbetar|ska|skriver|planerar|frågar|need|have to|must|work|write|plan"
    r"|ask(?:ing)?)\b[^?]*$",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r",? (?:right|correct|is(?:n['’]?t| that)(?: it| right| so)?|eller hur|(?:inte|visst?) sant|stämmer det|va)\s*\?+$",
    re.IGNORECASE,
)
# Where a question says that its answer stands: in what follows a plan up, or in the plan.
FROM_REPORT = re.compile(
    r",? ?\b(?:according to|enligt) (?:(?:the|our|den|vår|senare|senaste|later|latest|(?:19|20)\d\d) )*"
    r"(?:follow-?up(?: report)?|feedback|report|uppföljning(?:en)?|återkoppling(?:en)?"
    r"|(?:åter)?rapport(?:ering)?(?:en)?)\b"
    r"(?: (?:on|of|to|av|på|till) [^,?.!]+(?=[?.!]*$))?",
    re.IGNORECASE,
)
_FROM_PLAN = re.compile(
    r",? ?\b(?:according to|enligt) (?:(?:the|our) (?:operational )?plan|(?:verksamhets|enhets)?planen)\b",
    re.IGNORECASE,
)
# What is carried on for people, and is no activity of a plan: "daily activities".
_SERVICE = re.compile(r"[\w -]+ activit(?:y|ies)", re.IGNORECASE)


_GLOSS = re.compile(
    r"(?:,| [–-]|\() ?(?:alltså|dvs\.?|d\.v\.s\.|det vill säga|i\.?e\.?|that is|in other words),? "
    r"(?!(?:hur|vad|vilk|när|how|what|which|when))",
    re.IGNORECASE,
)


# What is counted in what is asked about, and not asked about: "ekonomiskt bistånd inkl. handläggning".
_INCLUDED = re.compile(r"\w\W+(?:inkl(?:usive|\.)?|incl(?:uding|\.)?)\s+([^,;:?()]+)", re.IGNORECASE)


_LONGEST_WORD = 60  # letters


# What is told without a word for it: a street by its name ("på Hamnplan 4"), an age by its years.
_OF_PLACE: frozenset[Asks] = frozenset(("address", "street", "age", "authority"))
_SIDE = 0.25  # what a word counts that says how something is asked for
_SELF = 0.45  # what it counts that the asker is new at work
_BUDGETED = re.compile(r"\bbudget\w*", re.IGNORECASE)


# Which of two: "larger" asks for the largest of them.
_MORE = re.compile(r"\b(?:larger|bigger|higher|more|större|högre|mer|fler)\b", re.IGNORECASE)
_LESS = re.compile(r"\b(?:smaller|lower|less|fewer|mindre|lägre|färre)\b", re.IGNORECASE)


def ordering(question: Question) -> Question:
    """A question of which of several has more or less of something, as one of the most or the least."""
    if question.asks & {"largest", "smallest"} or "compare" not in question.asks:
        return question
    more, less = _MORE.search(question.text), _LESS.search(question.text)
    if bool(more) is bool(less):
        return question
    return replace(question, asks=question.asks | {"largest" if more else "smallest"})


# An amount or a share is no kind of thing: "by what amount"; nor does "compare what operations cost" ask which.
_WHICH = re.compile(
    r"\b(?<!compare )(?<!than )(?:vilke[tn]|vilka|which|what)"
    r" (?!(?:belopp|summan?|andel|procent|sum|amounts?|percent)\b)(\w+)",
    re.IGNORECASE,
)


def kind_asked(question: Question) -> str:
    """The kind of thing that a question asks which of: "unit" in "which unit …?"; "" for none."""
    found = _WHICH.search(question.text)
    return found[1] if found else ""


def after_most(question: Question) -> str:
    """What a question asks the most or the least of, after the word that says so, or what the one before asked it of
    ("and the least?"); all that it leans on and says where it asks neither."""
    if not question.asks & {"largest", "smallest"}:
        return f"{question.before} {question.text}"
    patterns = (PATTERNS["largest"], PATTERNS["smallest"])
    found = ((text, p.search(text)) for text in (question.text, question.before) for p in patterns)
    after = (text[word.end() :] for text, word in found if word)
    return next((words for words in after if re.search(r"\w", words)), "")


def unordered(text: str) -> str:
    """A text that asks in which of several something is most or least, as one that asks how much it is."""
    text = re.sub(r"\b(?:flest|färst)\b", "hur många", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(?:the )?(?:most|fewest)\b", "how many", text, flags=re.IGNORECASE)
    for pattern in (PATTERNS["largest"], PATTERNS["smallest"], _MORE, _LESS):
        text = pattern.sub(" ", text)
    return re.sub(r"\s+", " ", text).strip()


_LEANING = re.compile(
    r"^(?:och|o|å|samt|plus|men|så|and|but|so|okej|ok)\b"
    r"|\b(?:det andra|den andra|de andra|(?:the|which|what|any) others?|that one|the same|samma|"
    r"dess|detta|denne|denna|dessa|"
    r"deras|it|its|they|them|their|that|those|these|this|dom|dem|de|den|det|där|there|then|då|he|she|han|hon)\b"
    r"|^(?:what about|how about|hur är det (?:med|för|i|på)|hur blir det|vad gäller för|samma för|same for)\b"
    r"|^(?:how (?:many|much)|hur (?:många|mycket)) (?:more|less|fewer|higher|lower|larger|smaller|mer|mindre|fler|färre"
    r"|högre|lägre|större) (?:than|än)\b"
    r"|^(?:för|i|på|hos|med|av|till|från|for|in|at|with|by|to|from) (?:vilk\w+|vem|vad|which|whom?|what)(?: \w+)?"
    r"\s*(?:[,?]|$)"
    r"|^(?:för|i|på|hos|med|for|in|at|with)\b(?!.*\b(?:hur|vad|vilk\w+|när|vem|what|how|which|when|who)\b)",
    re.IGNORECASE,
)


_KINDS: tuple[frozenset[Asks], ...] = (
    frozenset(("target", "council")), frozenset(("net", "costs", "revenue", "money")), frozenset(("activities",)),
)  # fmt: skip


# "What costs most?" and "how many employees are we?" ask of all there is; "which costs most?" of what was told.
_BODY = r"(?:(?:stadsdels)?(?:förvaltning|nämnd)|kommun|administration|board|district)(?:ens?|s)?"
_OF_ALL_THERE_IS = re.compile(
    r".*\b(?:vad|va|what)\b.*\b(?:\w*st|most|least|largest|smallest)\b"
    rf"|(?=.*\b(?:vi|vår\w*|we|our|{_BODY})\b)"
    rf".*\b(?:anställda|medarbetare|personal|\w*budget(?:en)?|employees|staff|{_BODY})\b"
    r"|(?=.*\b(?:hur många|how many|number of|antal(?:et)?)\b)(?=.*\b(?:vi|oss|här|we|us|here)\b)"
    r".*\b(?:jobbar|arbetar|anställda|work(?:s|ing)?|employed|on the payroll)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^(?:(?:thanks|thank you|tack|och|men|så|and|but|so|okej|okay|ok)\b[,.! ]*)+", re.IGNORECASE)


def _is_bare(word: str) -> bool:
    """True for a word that says how something is asked for, not what: "largest", "KF", what a plan "says"."""
    return turns(word) or bool(asked(word) & {"council", "who"})


def leans(text: str, before: str = "") -> bool:
    """True where a question can't stand by itself: it begins with "och", points back, is very short, or says only how
    it asks; unless it names a subject of its own and asks of it what the question before did not."""
    words = [t.text for t in spans(text)]
    content = [word for word in words if word not in STOP_WORDS and word not in SOFT]
    alone = _JOINED.sub("", text)
    if before and of_all_together(alone) and not _QUESTION_WORD.search(alone):
        return True
    if _OF_ALL_THERE_IS.match(alone) and not _LEANING.search(alone):
        return False
    if before and all(map(_is_bare, content)) and not _LEANING.search(text):
        return True
    if len(words) <= 2 or all(asked(word) & {"women", "men"} for word in content):  # "how many are women?"
        return True
    own, earlier = ({n for n, kind in enumerate(_KINDS) if kind & asked(each)} for each in (text, before))
    if own and earlier and not own & earlier and _QUESTION_WORD.search(text):
        return False
    # "And what does a lunch cost for pensioners?" stands by itself, but not "and what for pensioners instead?".
    most = 3 if _QUESTION_WORD.search(text) and not _REPLACING.search(text) else 5
    return _LEANING.search(text) is not None and sum(not _is_bare(word) for word in content) <= most


_REPLACING = re.compile(r"\b(?:instead|i ?stället)\b", re.IGNORECASE)


_BODIES = r"(?:\w*(?:förvaltning|avdelning|nämnd|enhet|verksamhet|kommun|stadsdel|organisation|bolag)\w*)"
_ALL = re.compile(
    rf"\b(?:totalt|sammanlagt|sammantaget|allt som allt|(?:{_BODIES} )?(?:som helhet|i sin helhet|i stort|överlag)"
    r"|in (?:total|all)|altogether|overall|(?:the )?total"
    r"|(?:alla|all)(?: of (?:us|them))? together|alla tillsammans|(?:the \w+ )?as a whole|all in all|allt ihop"
    r"|everything(?: together)?"
    r"|(?:alla|all)(?: (?:våra|our|of our|the))? (?:verksamhet(?:er|erna|sområden)|områden|services|operations|areas)"
    r"(?: (?:tillsammans|together|combined|ihop|(?:in)?räknade?|included|put together))?"
    rf"|hela (?:{_BODIES}|budgeten)"
    r"|(?:the )?(?:whole|entire) "
    r"(?:department|administration|board|unit|organi[sz]ation|municipality|district|budget))\b",
    re.IGNORECASE,
)


def of_all_together(text: str) -> bool:
    """True where what a text asks last is the same of all together: "… and how many are we in total?"."""
    last = re.split(r"[,;]|\b(?:och|o|and|samt)\b|&", text, flags=re.IGNORECASE)[-1]
    rest = (token.text for token in spans(_ALL.sub(" ", last)))
    return _ALL.search(last) is not None and all(word in STOP_WORDS or word in SOFT for word in rest)


def of_whole_budget(text: str) -> bool:
    """True where a text asks for the money there is, or all costs or revenue, of no part of it: "how large is our
    budget?"."""
    rest = (token.text for token in spans(_ALL.sub(" ", text)))
    of_side = _ALL.search(text) is not None and asked(text) & {"costs", "revenue"}
    return bool(_HAVE.search(text) or of_side) and all(map(_says_no_part, rest))


def _says_no_part(word: str) -> bool:
    """True for a word that names no part of a budget: how it is asked for, when, or that it is all there is."""
    said = word in STOP_WORDS or is_moment(word) or turns(word) or _OF_WHOLE.fullmatch(word)
    of_money = stem(word) in SOFT_STEMS and asked(word) & {"money", "net", "costs", "revenue"}  # not "matbudgeten"
    return bool(said or of_money)


_HAVE = re.compile(
    r"\b\w*budget(?:en|ram\w*)?s?\b|\bnet(?:to\w*)?\b|\b(?:pengar|money)\b(?=.*\b(?:vi|we|oss|us|nämnden|board)\b)",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(
    r"får|fått|total\w*|stor[at]?|år|årets|large|big|much|mycket|mkt|get|year|this|(?:19|20)\d\d|hela|whole|entire|overall|samlade"
    r"|sammanlagda|running|operating|drift\w*|run|things|latter|former|end(?:ed|s)?|slutade"
    r"|last|previous|fjol\w*|förra|föregående|more|mer|bigger"
    r"|(?:stadsdels)?(?:nämnd|förvaltning)ens?|kommunens?|administration|board|district|board's",
    re.IGNORECASE,
)


def without_all(name: str) -> str:
    """A name without what says that it is of all together: "Sick leave, whole department"."""
    return _ALL.sub(" ", name)


_PLACES = (
    ("första", "first", "1:a"), ("andra", "second", "2:a"), ("tredje", "third", "3:e"), ("fjärde", "fourth", "4:e"),
    ("femte", "fifth", "5:e"), ("sjätte", "sixth"), ("sjunde", "seventh"), ("åttonde", "eighth"), ("nionde", "ninth"),
    ("tionde", "tenth"),
)  # fmt: skip
_ITEM_NAMED = re.compile(
    rf"\b(?:nr\.? ?|nummer |number |no\.? ?|punkt |item |point |#)(?P<n>\d{{1,2}})\b"
    rf"|\b(?:den|det|the|punkt) (?P<word>{'|'.join(word for words in _PLACES for word in words)}|sista|last)"
    r"(?: (?:one|item|point|punkten|av dem|of them|på listan|on the list|in the list))?(?=\s*(?:[,.?!:]|$|då\b))",
    re.IGNORECASE,
)


def topic_of(text: str) -> str:
    """What a text says before it asks: "Kollo:"; "" for nothing."""
    topic = re.match(r"[^:?]{3,60}:(?= )", text)
    return f"{topic[0]} " if topic and not _QUESTION_WORD.search(topic[0]) else ""


def item_named(text: str) -> int:
    """Which item of a list just given a short text points to, counted from 1: "den tredje", "number 3". 0 for none."""
    found = _ITEM_NAMED.search(text)
    if found is None or len(text.split()) > 9:
        return 0
    if found["n"]:
        return int(found["n"])
    word = found["word"].casefold()
    return next((n for n, words in enumerate(_PLACES, 1) if word in words), 0)


def ordinal_of(text: str) -> int:
    """Which of the largest a text asks for, from 1 on: 2 in "näst störst", 3 in "the third largest". 0 for none."""
    found = _ORDINAL.search(text)
    word = found[1].casefold() if found else ""
    return 2 if word == "näst" else next((n for n, words in enumerate(_PLACES, 1) if word in words), 0)


_ORDINAL = re.compile(
    rf"\b(näst|{'|'.join(word for words in _PLACES for word in words)})[ -](?:\w+st(?:a|e)?|most expensive)\b",
    re.IGNORECASE,
)


_CLAUSE = re.compile(
    r"(?:\s*[,;?–-]\s*|\s+)(?:och|and|samt|as well as|&|o|å)?\s*"
    r"(?=\b(?:(?:på|i|för|till|från|inom|av|med|om|in|on|at|for|to|from|by|with|within|of) )?"
    r"(?:hur|vad|vilka|vilken|vilket|vem|när|var|varför|how|what|which|who|when|where|why|whose)\b)",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The questions that one message asks, up to three: "what is planned, and by when?" asks two."""
    if (several := _SEVERAL.match(text)) and not _QUESTION_WORD.search(several["topics"]):
        topics = re.split(r"(?<!-),? (?:och|and|samt) |, ", several["topics"])
        if 2 <= len(topics) <= 3:
            return [f"{topic}: {several['asked']}" for topic in topics]
    if _GIVEN.match(text) or _WHILE.match(text):
        return [text]
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
    if len(pieces) > 1 and not _QUESTION_WORD.search(pieces[0]) and not PATTERNS["yes_no"].search(pieces[0]):
        topic, *rest = pieces  # "Holiday jobs: how many, and what do they cost?"
        return [f"{topic}: {piece}" for piece in rest]
    return pieces


# What is given first is no question: "Now that the school opens, when …?".
_GIVEN = re.compile(r"(?:nu när|eftersom|om|då|now that|since|given that|if|as)\b", re.IGNORECASE)
# When something is so, said before what is asked; where the verb comes first, that is asked itself.
_WHILE = re.compile(
    r"^\W*(?:när (?:man|någon|nån|ni|vi|jag|du|en|ett|det|den|de|\w+(?:na|en|et))"
    r"|when (?!is|are|was|were|do|does|did|will|would|can|could|should|must|has|have|had|shall|may|exactly)\w+)"
    r"\b[^,?]*, (?!(?:och|and)\b)",
    re.IGNORECASE,
)
# What is taken for granted, or is not meant, is when something else is than what is asked for.
_GRANTED = r"^(?:nu när|eftersom|now that|since|given that|seeing (?:as|that)) (?P<granted>[^,.?!]{4,90}), "
_PREMISE = re.compile(
    rf"{_GRANTED}"
    r"|, [^,.?!]{0,40}\b(?:som|which|that|who) [^,.?!]{4,60}(?=,)"
    r"|\((?:\w+ )?(?:inte|ej|not) (?!före|innan|förrän|senare|before|until|later)[^()]*\)",
    re.IGNORECASE,
)


def granted(text: str) -> str:
    """What a text takes for granted first: "Now that the school opens, when …?"; "" for nothing."""
    found = re.match(_GRANTED, text, re.IGNORECASE)
    return found["granted"] if found else ""


# Several subjects, and what is asked of each: "Kollo, lov och dialog – vad av det är planerat till våren?"
_SEVERAL = re.compile(
    r"^(?P<topics>[^?:]{5,120}?)(?: ?[:–—]| -) (?P<asked>(?:vad|vilka|vilken|när|hur|what|which|when|how)\b.+)$",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(
    r"\b(?:hur|vad|vilka|vilken|vilket|vem|när|var|varför|how|what|which|who|when|where|why|whose|list|lista|name)\b",
    re.IGNORECASE,
)


_OF_MONEY: frozenset[Asks] = frozenset(("money", "net", "costs", "revenue", "price"))
_OTHERWISE: frozenset[Asks] = frozenset(
    ("how_many", "how_often", "when", "until", "from", "who", "why", "contact", "hours", "open")
)
_DOING = re.compile(
    r"\b(?:what|vad)\b.*\b(?:göra\w*|görs?|hända?|händer|ske[rd]?|innebär|betyder|done|doing|happen\w*|mean\w*)\b",
    re.IGNORECASE,
)


def asks_what_is_done(text: str) -> bool:
    """True where a text asks what is done or happens: for words, whatever figure was talked about before."""
    return _DOING.search(text) is not None


def asks_money(words: str) -> bool:
    """True where words ask for a sum: "how much", "invest", "kostar"."""
    return bool(asked(words) & {"number", *_OF_MONEY})


def asks_otherwise(text: str) -> bool:
    """True where a follow-up asks for another kind of thing than a sum: a number of people, a time, what is done."""
    return asks_what_is_done(text) or bool(_OTHERWISE & asked(text) and not _OF_MONEY & asked(text))


def inherited_asks(text: str, before: frozenset[Asks]) -> frozenset[Asks]:
    """What kind of figure a follow-up asks for because the question before did: none where it names another itself,
    or asks what is done."""
    if asks_what_is_done(text):
        return before & {"activities"}
    if "why" in asked(text) and "compare" in before:
        return before & {"target", "compare", *_OF_MONEY}
    kept = before & {"target", "activities", "how_many", *_OF_MONEY}
    if not asked(text):  # "and the harbour master?" asks whatever was asked
        kept |= before & _OTHERWISE
    return kept - (_OF_MONEY | {"how_many"}) if asked(text) & (_OTHERWISE | _OF_MONEY) else kept


LEANT = 0.7  # of what a question itself names, and of what the one before named that it leans on


def lightened(concepts: Iterable[Concept], share: float) -> list[Concept]:
    """The same concepts, each counting a share of what it did: those of an earlier question."""
    return [replace(concept, weight=concept.weight * share) for concept in concepts]


def thing_listed(question: Question) -> Concept | None:
    """The thing that a question asks which of, or how many: upphandlingar in "vilka upphandlingar är på gång?"."""
    of = _THING_LISTED.search(question.text)
    named = question.things or [c for c in question.concepts if c.weight >= 0.5 and not turns(c.words)]
    return next((thing for thing in named if of and of[1] in thing.words.split()), None)


# How many there is room for: to count the places is as good.
_ROOM_FOR = re.compile(
    r"\b(?:room|space|places?|plats(?:er)?|utrymme) (?:is there )?(?:for|för|åt)\b"
    r"|\b(?:får|ha(?:r|s)?|få) (?:\w+ )?plats\b|\b(?:ryms|rymmer|accommodate\w*|fits? in)\b",
    re.IGNORECASE,
)
_THING_LISTED = re.compile(
    r"\b(?:vilka|lista|hur många|which|list|name|how many)(?: (?:the|alla|all|de))? ([^\W\d_]+)",
    re.IGNORECASE,
)
