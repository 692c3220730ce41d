"""Whether a plan answers a question at all: what is ranked best covers it, has its form, and it is about this plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from ingest.describe import plain
from retrieval.evidence.amounts import limit
from retrieval.evidence.answer_types import Draft
from retrieval.evidence.denials import denies
from retrieval.evidence.forms import VAGUE, Form, answers_form, asked_of, has, has_kind, insisted
from retrieval.evidence.lookup import ACTIVITIES
from retrieval.evidence.rank import LIKELY, MONEY, OF_A_YEAR, Asked, Ranked, lacks_name, sure
from retrieval.evidence.year_told import tells_beforehand, tells_how_it_was, tells_month, tells_year
from retrieval.facts.sides import miscounts
from retrieval.lacking import HALF, HELD, has_nothing
from retrieval.language.cues import PATTERNS, Asks
from retrieval.language.dates import PLACES, number_of
from retrieval.language.swedish import stem
from retrieval.measured import FIGURES, is_of_other_measure
from retrieval.question.extent import thing_listed
from retrieval.question.question import Question
from retrieval.store.search import Hit, terms_of

_DOUBTFUL = 0.45  # how likely an entry must be that lacks a part of what is asked about
# What is somebody's: "Norrby's budget", "does Norrby".
_OWNED = r"\b{name}(?:['’]s|s) [a-zåäö]|\b(?:in|i|hos|at|har|hade|does|did) {name}\b"
# A neighbour's name: "grannområdena Hamre och Ekstorp", "Hamres stadsdelsnämnd".
_NEIGHBOURS = r"\bgrann\w* (?:[A-ZÅÄÖ][\w-]+(?:, | och ))*{name}\b|\b{name}s? (?:stadsdels|kommun|stad\b)"


def is_enough(question: Question, best: Ranked, asked: Sequence[Asked]) -> bool:
    """True where an entry covers enough of the question to be its answer."""
    if (
        question.unknown_names
        or anothers(question, asked)
        or ("share" not in question.asks and miscounts(best, question))
    ):
        return False
    hit = best.hit
    if question.asks & OF_A_YEAR and _is_elsewhere(hit, question):
        return False
    if is_of_other_measure(best, question):
        return False
    if hit.kind == "rows" and _counts_another(hit, question):
        return False
    likely = sure(best)
    if likely is not None:
        return likely >= (LIKELY if is_of_it(hit, question) else _DOUBTFUL) and not has_nothing(best, question)
    gains = list(zip(question.concepts, hit.by_concept, strict=True))
    if best.fit < 0.5 and any(c.name and c.weight > 1 and gain == 0 for c, gain in gains):
        return False
    telling = [(c, gain) for c, gain in gains if c.weight >= 0.5 and not c.name]
    if question.unknown and not any(gain > 0 for _, gain in telling):
        return False
    if question.written == "sv":
        # A noun that nothing knows is most likely the subject: one more word in common is not yet an answer.
        strange = any(c.words in question.unknown and gain == 0 for c, gain in telling)
        if strange and sum(gain > 0 for _, gain in telling) < 2:
            return False
    there = [share for c, share in zip(question.concepts, hit.shares, strict=True) if c.weight >= 0.5]
    if there and max(there) < 0.55 and best.fit < 1.0:  # nothing asked for is there but in parts of words, or far off
        return False
    return hit.coverage >= 0.25


def _is_elsewhere(hit: Hit, question: Question) -> bool:
    """True where an entry has nothing of a name that a question says, if that is no abbreviation."""
    named = zip(question.concepts, hit.shares, strict=True)
    return any(c.name and c.weight > 1 and share == 0 and not c.words.isupper() for c, share in named)


def is_of_it(hit: Hit, question: Question) -> bool:
    """True unless an entry lacks all that a question with unknown words names, a name that it has, half of what it asks
    how many there are of, or, where it insists on a telling form or a time, one of the things that it asks it of:
    another thing's price is none."""
    if lacks_name(hit, question) or (question.unknown and not hit.coverage):
        return False
    if _counts_another(hit, question):
        return False
    if not question.asks & _OF_ALL and not set(insisted(question)) - _OF_ANYTHING:
        return True
    held = zip(question.concepts, hit.shares, strict=True)
    things = asked_of(question)
    return sum(share < HELD for concept, share in held if concept in things) <= len(things) // MANY


def is_of_whole(best: Ranked, question: Question) -> bool:
    """True where a question asks a figure of a part, and a sentence tells that of all together: it names the part among
    others alone, or not at all though a table has a row for it ("sick leave in home care", where the total is told)."""
    asks, plan = question.asks, best.asked.facts.plan
    if best.hit.kind != "passage" or not asks & FIGURES or asks & _IN_WORDS:
        return False
    if any(_is_among(concept.words, best.hit.entry.words) for concept in question.concepts if concept.name):
        return True
    unheld = [c for c, share in zip(question.concepts, best.hit.shares, strict=True) if share < HELD]
    named = [frozenset(t for t, weight in c.terms.items() if weight == 1.0) for c in unheld if c in question.things]
    return any(name and name <= said for said in named for name in (terms_of(row.row, least=_OWN) for row in plan.rows))


def _is_among(name: str, words: str) -> bool:
    """True where a text has a name nowhere but among other names: "Hamre, Ekstorp, Vallby och Norrby"."""
    among = _NAMES_LISTED.findall(words)
    return any(name in names for names in among) and name not in _NAMES_LISTED.sub(" ", words)


_LISTED = r"[A-ZÅÄÖ][\w-]+(?: [\w-]+)?"
_NAMES_LISTED = re.compile(rf"(?:{_LISTED}, ){{2,}}{_LISTED} och {_LISTED}(?! (?:får|har) )")

_IN_WORDS: frozenset[Asks] = MONEY | {"list", "why", "who", "yes_no", "compare", "goals", "activities"}
_OWN = 0.9  # of a word: more than a part of a compound


def _says_in_text(words: str, question: Question) -> bool:
    """True where an activity's row says what is asked of it: its days and who is responsible, or in its text what else
    is; that something is to be done is no reason to do it, and no result of it."""
    if question.asks & _OF_COLUMNS:
        return True
    wanted = [form for form in insisted(question) if form in _OF_TEXT]
    wanted += ["reason"] if "why" in question.asks else []
    came_out = "outcome" not in question.asks or tells_how_it_was(words) or PATTERNS["outcome"].search(words)
    return bool(came_out) and all(has(form, words, question) for form in wanted)


_OF_COLUMNS: frozenset[Asks] = frozenset(("when", "until", "from", "who"))
_OF_TEXT: frozenset[Form] = frozenset(("address", "contact", "count", "kronor", "price"))


def _counts_another(hit: Hit, question: Question) -> bool:
    """True where a question asks how many there are of something, and neither an entry nor its heading or a column of
    its table is of that ("varav kvinnor"): six departments are no number of children."""
    counted = thing_listed(question) if "how_many" in question.asks else None
    if counted is None or counted.is_in(terms_of(hit.entry.unit.columns, hit.entry.unit.path.rpartition("› ")[2])):
        return False
    return hit.shares[question.concepts.index(counted)] <= HALF


_OF_ALL: frozenset[Asks] = frozenset(("somebody", "outcome", "share"))
_OF_ANYTHING: frozenset[Form] = VAGUE - {"time", "extent"}  # forms that may be told of the thing in other words
MANY = 3  # things of which one may be told in other words


def numbered_alike(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What is ranked, without what has only other numbers of what a question numbers ("nivå 4" for "level 5") and
    without facts that have none; nothing where that is all there is."""
    kept = list(ranked)
    within = limit(question.text)  # "a score 12 or above" numbers no score
    text = question.text.replace(within.words, " ") if within else question.text
    for named, numbers in _numbered(_counted_off(text)):
        meant = {t for c in question.concepts if named in c.words.casefold().split() for t in (*c.meant, stem(named))}
        told = [_numbers_of(meant, one) for one in kept]
        if any(each and not numbers & each for each in told[:_NUMBERED_ALIKE]):
            there = any(numbers & each for each in told)
            kept = [r for r, each in zip(kept, told, strict=True) if _is_of(numbers, each, r)] if there else []
    return kept


_NUMBERED_ALIKE = 12  # of what is ranked: farther down a thing of that name may be another


def _counted_off(text: str) -> str:
    """A text with its stages numbered as tables have them, "second phase" and "phase two" as "phase 2"; without how
    much of a unit it says, which numbers nothing: "högst 30 minuter"."""
    text = _OF_UNIT.sub(" ", text)
    text = _ORDINAL.sub(lambda found: f"{found[2]} {_ORDINALS[found[1].casefold()]}", text)
    return _CARDINAL.sub(lambda found: f"{found[1]} {number_of(found[2])}", text)


_ORDINALS = {word: n for n, words in enumerate(PLACES[:4], 1) for word in words if word.isalpha()}
_OF_UNIT = re.compile(
    r"\b\d+(?= (?:minut|tim|dyg|dag|veck|månad|år|hour|day|week|month|year|procent|per ?cent|kr|mnkr|tkr|mkr|kvm"
    r"|meter))",
    re.IGNORECASE,
)
_STAGE = r"(?:etapp|omgång|fas|steg|stage|phase|round|step)(?:en|et)?"
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}) ({_STAGE})\b", re.IGNORECASE)
_CARDINAL = re.compile(rf"\b({_STAGE}) (ett|one|två|two|tre|three|fyra|four)\b", re.IGNORECASE)


def _is_of(numbers: Set[str], told: Set[str], one: Ranked) -> bool:
    return bool(numbers & told) if told else one.hit.kind == "passage"


def _numbers_of(meant: Set[str], one: Ranked) -> set[str]:
    """The numbers that an entry has of a thing, or else the paragraph and the headings around it."""
    unit = one.hit.entry.unit
    each = (
        {n for word, ns in _numbered(text) if stem(word) in meant for n in ns}
        for text in (one.hit.entry.words, f"{unit.path}\n{unit.words}")
    )
    return next(filter(None, each), set())


def _numbered(text: str) -> Iterator[tuple[str, set[str]]]:
    """The casefolded words of a text that a number or a letter follows, with all that follow: "nivå 2–4" is three."""
    for found in _NUMBERED.finditer(text):
        numbers = re.findall(r"\d+|[A-ZÅÄÖ]", found[2])
        if re.fullmatch(r"\d+(?:[-–]| till | to )\d+", found[2]):
            numbers += map(str, range(*map(int, numbers)))
        yield found[1].casefold(), set(numbers)


_ONE = r"(?:\d{1,2}|[A-HJ-ZÅÄÖ])"
# An age numbers nothing: "at age 15".
_NUMBERED = re.compile(
    rf"\b(?!age|åld)([^\W\d_]{{3,}}) ({_ONE}(?:(?:, | och | and |[-–]| till | to ){_ONE})*)(?![\w.,:%–-]*\w)"
)


def anothers(question: Question, asked: Sequence[Asked]) -> str | None:
    """Who else's a question asks about: "Norrby's net budget" in a plan that only works together with Norrby."""
    for one in asked:
        whose = plain(one.known.description.organisation or "")
        for found in re.finditer(r"\b([A-ZÅÄÖ][a-zåäöé]+?)(?:['’]s|s)?\b", question.text):
            name = found[1]
            if (
                re.search(_OWNED.format(name=name), question.text)
                and plain(name) not in whose
                and re.search(_NEIGHBOURS.format(name=name), one.searchable.plan.text)
            ):
                return name
    return None


def in_form(draft: Draft, question: Question, asked: Sequence[Asked]) -> Draft:
    """The draft if it counts what it lists, or has something of the kind asked for, and unless it is certain of the
    form that the question insists on too; else nothing of it."""
    if draft.counted:
        return draft
    by_document = {one.known.id: one for one in asked}
    for statement in draft.statements:
        of = [(by_document[r.document], r.span) for r in statement.support]
        quotes = [one.searchable.plan.text[span.start : span.end] for one, span in of]
        if "how_many" in question.asks and any(r.table for r in statement.support):
            quotes = []  # a row's cells say no more than the statement, and not what they are of
        words = " ".join([statement.text, *quotes])
        of_activity = any(r.table == ACTIVITIES for r in statement.support)  # such a row is called what it says
        named = (name for r in statement.support for name in (r.table, r.row) if name and not of_activity)
        labels = " ".join((*statement.labels, *named))
        year = next((one.facts.year for one, _ in of), None)
        certain = draft.certain and (not question.asks & OF_A_YEAR or tells_year(f"{words} {labels}", question, year))
        formed = has_kind(words, question, labels) and (certain or answers_form(words, question, year, labels))
        formed = formed and not tells_beforehand(words, question, year)
        if of_activity:
            formed = formed and _says_in_text(words, question)
        elif labels and question.asks & (FIGURES | MONEY):
            formed = formed and tells_month(f"{words} {labels}", question)
        if formed or denies(words, question):
            return draft
    return replace(draft, statements=())
