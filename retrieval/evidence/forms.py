"""The form of an answer: what kind of thing a question asks for, and whether a text has one.

What kind a question names is told by its cues (`lexicon/cues.txt`); a text is tested for it here alone. Some kinds are
wished for, which draws a text to the front or a quote on; some are insisted on: what lacks them is no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from ingest.values import dates_in
from retrieval.evidence.form_words import (
    AGE,
    CALLED,
    CAPITAL,
    HAS_ADDRESS,
    HAS_AGE,
    HAS_AUTHORITY,
    HAS_BODY,
    HAS_CONTACT,
    HAS_DATE,
    HAS_DAY,
    HAS_DURATION,
    HAS_END,
    HAS_FEAST,
    HAS_FIRM,
    HAS_FOUND,
    HAS_GROUP,
    HAS_HOURS,
    HAS_KRONOR,
    HAS_LAW,
    HAS_MONEY,
    HAS_NAME,
    HAS_NUMBER,
    HAS_OFTEN,
    HAS_OPEN_DAYS,
    HAS_PERSON,
    HAS_PLACE,
    HAS_PRICE,
    HAS_QUOTED,
    HAS_REASON,
    HAS_ROLE,
    HAS_SEX,
    HAS_SHARE,
    HAS_SPOT,
    HAS_STREET,
    HAS_SUM,
    HAS_TARGET,
    HAS_TIME,
    HELD_AS,
    IS_FREE,
    MEASURE,
    NEAR_NUMBER,
    NO_COUNT,
    NUMBERS,
    OF_FIRMS,
    OF_MONEY_TOO,
    PER_TIME,
    SENTENCES,
    UNITS,
    WHO_MAY,
)
from retrieval.evidence.year_told import other_years, tells_how_it_was, tells_year
from retrieval.language.cues import PATTERNS, Asks, turns
from retrieval.language.dates import Dates
from retrieval.language.swedish import STOP_WORDS, stem, tokens
from retrieval.question.concepts import SOFT_STEMS
from retrieval.question.extent import thing_listed
from retrieval.question.question import Question
from retrieval.store.search import Concept, analysed, terms_of
from retrieval.store.units import Kind

Form = Literal[
    "number", "count", "money", "kronor", "duration", "time", "date", "reason", "contact", "somebody", "staff",
    "person", "firm", "street", "law", "place", "price", "span", "extent", "address", "cost", "hours",
    "open", "share", "name", "where", "weekday",
    "sex", "often", "target", "age", "authority", "found",
]  # fmt: skip


def has(form: Form, words: str, question: Question, labels: str = "") -> bool:
    """True where a text has something of a form; `labels` are the table headers beside it, which may tell a unit."""
    return bool(_HAS[form](words, question, labels))


# How a text shows each form. What a question says itself, no text answers it by.
_HAS: dict[Form, Callable[[str, Question, str], object]] = {
    "number": lambda words, asked, _: HAS_NUMBER.search(NO_COUNT.sub(" ", words)) or PER_TIME.search(words),
    "often": lambda words, asked, _: PER_TIME.search(words) or HAS_OFTEN.search(words),
    "extent": lambda words, asked, labels: _lasts(words, labels),
    "count": lambda words, asked, labels: _counts(HAS_MONEY.sub(" ", _unmeasured(words)), asked, labels),
    "span": lambda words, asked, labels: (
        HAS_NUMBER.search(AGE.sub(" ", NO_COUNT.sub(" ", words))) and _in_unit(words, labels, asked)
    ),
    "money": lambda words, asked, labels: HAS_MONEY.search(words) or OF_MONEY_TOO.search(labels),
    "kronor": lambda words, asked, labels: HAS_KRONOR.search(f"{words} {labels}") or IS_FREE.search(words),
    "price": lambda words, asked, _: HAS_PRICE.search(words) or IS_FREE.search(words),
    "cost": lambda words, asked, labels: HAS_SUM.search(words) or OF_MONEY_TOO.search(labels) or IS_FREE.search(words),
    "duration": lambda words, asked, _: HAS_DURATION.search(words),
    "time": lambda words, asked, labels: _tells_time(words, labels),
    "date": lambda words, asked, _: (
        _is_within(words, asked.dates) if HAS_DATE.search(words) else not asked.dates and HAS_FEAST.search(words)
    ),
    "reason": lambda words, asked, _: HAS_REASON.search(words),
    "contact": lambda words, asked, _: HAS_CONTACT.search(words),
    "address": lambda words, asked, _: HAS_ADDRESS.search(words),
    "person": lambda words, asked, labels: _names_person(words, labels) and _in_role(f"{words} {labels}", asked),
    "hours": lambda words, asked, _: HAS_HOURS.search(words),
    "open": lambda words, asked, _: HAS_HOURS.search(words) or HAS_OPEN_DAYS.search(words),
    "share": lambda words, asked, labels: HAS_SHARE.search(f"{words} {labels}") or has("money", words, asked, labels),
    "somebody": lambda words, asked, _: (
        HAS_BODY.search(others := unsaid(words, asked))
        or HAS_NAME.search(others)
        or (WHO_MAY.search(asked.text) and HAS_GROUP.search(others))
    ),
    "staff": lambda words, asked, _: HAS_ROLE.search(others := unsaid(words, asked)) or HAS_PERSON.search(others),
    "firm": lambda words, asked, labels: (
        HAS_FIRM.search(others := unsaid(words, asked))
        or HAS_FIRM.search(unsaid(words, asked, CAPITAL))
        or (OF_FIRMS.search(labels) and HAS_NAME.search(others))
    ),
    "street": lambda words, asked, _: HAS_STREET.search(unsaid(words, asked)) or HAS_ADDRESS.search(words),
    "age": lambda words, asked, _: AGE.search(words) or HAS_AGE.search(words),
    "authority": lambda words, asked, _: HAS_AUTHORITY.search(words),
    "found": lambda words, asked, _: HAS_FOUND.search(words),
    "law": lambda words, asked, _: HAS_LAW.search(unsaid(words, asked)),
    "name": lambda words, asked, labels: any(_names(each, asked) for each in SENTENCES.split(words)),
    "where": lambda words, asked, labels: HAS_NAME.search(others := unsaid(words, asked)) or HAS_SPOT.search(others),
    "target": lambda words, asked, labels: HAS_TARGET.search(f"{words} {labels}") and HAS_NUMBER.search(words),
    "sex": lambda words, asked, labels: HAS_SEX.search(f"{words} {labels}"),
    "weekday": lambda words, asked, _: HAS_DAY.search(words) or HAS_DATE.search(words),
    "place": lambda words, asked, _: HAS_NAME.search(others := unsaid(words, asked)) or HAS_PLACE.search(others),
}


def _names(sentence: str, question: Question) -> bool:
    """True where a sentence names something beside what a question does, and all names of that or what it is called."""
    others = unsaid(sentence, question)
    named = [concept for concept in question.concepts if concept.name]
    of_it = all(concept.is_in(terms_of(sentence)) for concept in named) or CALLED.search(sentence)
    return bool(of_it and (HAS_NAME.search(others) or HAS_QUOTED.search(others)))


def _tells_time(words: str, labels: str) -> bool:
    """True where a text tells a time; the years of a row's columns tell what its figures are of, and not when something
    is."""
    if years := "|".join(_YEAR.findall(labels)):
        words = re.sub(rf"\b(?:{years})\b", " ", words)
    return any(each.search(words) for each in (HAS_TIME, HAS_HOURS, HAS_DAY))


def _names_person(words: str, labels: str) -> bool:
    """True where a text names somebody; a table header or a role and the word beside it are no name."""
    headers = set(labels.split())
    names = [name[0].split() for name in HAS_PERSON.finditer(words)]
    return any(
        headers.issuperset(name) or sum(_is_of_name(word) and word not in headers for word in name) > 1
        for name in names
    )


def _is_of_name(word: str) -> bool:
    return word.casefold() not in STOP_WORDS and not HAS_ROLE.search(word)


def _in_role(words: str, question: Question) -> bool:
    """True where a text has the role whose holder a question asks for: the word that its cue ends with."""
    said = PATTERNS["person"].search(question.text)
    roles = [concept for concept in question.concepts if said and said[0].split()[-1] in concept.words.split()]
    return all(role.is_in(terms_of(words)) for role in roles if role.words not in _ANYBODY)


_ANYBODY = frozenset(("person", "one", "colleague"))


def _lasts(words: str, labels: str) -> bool:
    """True where a text tells how long, or until when, something is; the day on which it is tells neither, nor does a
    year in the header of a column."""
    if labels:
        when = re.search("tid|dag|veck|månad|tim|datum|slut", labels, re.I) or HAS_DATE.search(words)
    else:
        when = HAS_END.search(words) and (HAS_TIME.search(words) or HAS_DATE.search(words))
    return bool(HAS_DURATION.search(words) or when)


def _counts(words: str, question: Question, labels: str) -> bool:
    """True where a number of a text may count what a question asks how many there are of: in sentences that name it,
    one stands near it; in a table, or where it is said in other words, there is one."""
    thing = thing_listed(question)
    if thing is not None and not labels:
        naming = [sentence for sentence in SENTENCES.split(words) if is_named(thing, dict(analysed(sentence)))]
        near = [f"{before} {after}" for sentence in naming for before, after in NEAR_NUMBER.findall(sentence)]
        if naming:
            return any(is_named(thing, dict(analysed(each))) for each in near) or _NONE.search(words) is not None
    if held := next((held for asked, held in HELD_AS if asked.search(question.text)), None):
        return re.search(held, labels, re.I) is not None or any(
            re.search(held, f"{before} {after}", re.I) for before, after in NEAR_NUMBER.findall(words)
        )
    return HAS_NUMBER.search(words) is not None


def is_named(thing: Concept, held: Mapping[str, float]) -> bool:
    """True where index terms say a thing, as a part of a compound at least."""
    return any(held.get(term, 0.0) * weight >= NAMED for term, weight in thing.terms.items())


_NONE = re.compile(r"\b(?:ingen|inga|inget|noll)\b", re.IGNORECASE)


def _in_unit(words: str, labels: str, question: Question) -> bool:
    """True where a number counts a unit that may stand for the one asked for: it stands before it, or in a
    table whose row or column is named so."""
    units = next((units for asked, units in UNITS if asked.search(question.text)), "")
    counted = rf"(?:\d|\b(?:{NUMBERS})\b)[-–\d,]*[ -]?(?:\w+ )?(?:\b|[a-zåäö]+)(?:{units})"
    return re.search(rf"[a-zåäö]*(?:{units})" if labels else counted, f"{words} {labels}", re.IGNORECASE) is not None


def _is_within(words: str, dates: Dates | None) -> bool:
    """True unless a text has dates, and none of them within the days that a question names."""
    if dates is None:
        return True
    first, last = dates.first or date.min, dates.last or date.max
    found = dates_in(words, (dates.first or dates.last or date.min).year)
    return not found or any(first <= day <= last for day in found)


def _unmeasured(words: str) -> str:
    return MEASURE.sub(" ", NO_COUNT.sub(" ", words))


def unsaid(words: str, question: Question, which: str = r"\w+") -> str:
    """A text without the words that the question says itself, in whichever form; of some kind alone."""
    said = {stem(word) for word in tokens(question.text) if word not in STOP_WORDS}
    return re.sub(which, lambda word: "–" if stem(word[0].casefold()) in said else word[0], words)


def wished(question: Question) -> list[Form]:
    """The forms that a quote goes on to have, where there are such sentences beside it."""
    asks = question.asks
    found: list[Form] = []
    if asks & {"money", "price"} and "how_many" not in asks:
        found.append("money")
    elif asks & {"number", "how_many", "how_often"}:
        found.append("often" if "how_often" in asks else "number")
    if "lasting" in asks:
        found.append("duration")
    if asks & {"when", "until", "from"}:
        found.append("time")
    if "why" in asks:
        found.append("reason")
    if "who" in asks:
        found.append(_who(question))
    if "target" in asks:
        found.append("target")
    return found


def lacks_form(words: str, question: Question) -> bool:
    """True where a question wishes for some form, and a text has none of those."""
    wanted = wished(question)
    return bool(wanted) and not any(has(form, words, question) for form in wanted)


def tells(words: str, question: Question) -> bool:
    """True where a text has each form that a question wishes for, and each thing that it names."""
    held = dict(analysed(words))
    named = [concept for concept in question.concepts if concept.weight >= 0.5]
    return all(has(form, words, question) for form in wished(question)) and all(
        is_named(concept, held) for concept in named
    )


NAMED = 0.5  # of a concept: a synonym in full, or its own word as part of a compound


def fits(words: str, question: Question) -> float:
    """How far a text has the form of what is asked (a number, a time, a reason, a body): 1.0 neutral, up to 1.25."""
    asks = question.asks
    factor = 1.0
    if "money" in asks:
        factor *= 1.2 if HAS_MONEY.search(words) else 0.9
    elif "number" in asks or "price" in asks:
        pattern = HAS_PRICE if "price" in asks else HAS_NUMBER
        factor *= 1.2 if pattern.search(words) else 0.8
        if "how_many" in asks and (thing := thing_listed(question)):
            factor *= 1.3 if any(thing.meant & terms_of(of[1]) for of in _COUNTED.finditer(words)) else 1.0
    if asks & {"when", "until", "from"}:
        factor *= 1.15 if HAS_TIME.search(words) else 0.9
    if "why" in asks:
        factor *= 1.2 if HAS_REASON.search(words) else 0.95
    if "age" in asks:
        factor *= 1.2 if has("age", words, question) else 0.8
    if "who" in asks:
        factor *= 1.1 if has(_who(question), words, question) else 0.9
    return factor


# What a number counts: "41 förskolor", "41 kommunala förskolor".
_COUNTED = re.compile(rf"\b(?:\d+|{NUMBERS}) ((?:[a-zåäö]+ )?[a-zåäö]+)\b", re.IGNORECASE)


def _who(question: Question) -> Form:
    """A role or somebody's name, where a question asks who works somewhere; else a body, a role or a name."""
    return "staff" if "staff" in question.asks else "somebody"


def has_time(words: str, kind: Kind) -> bool:
    """True where a text of some kind tells a time; an activity always does."""
    return kind == "activity" or HAS_TIME.search(words) is not None or HAS_DATE.search(words) is not None


_OF_MONEY = {"money", "net", "costs", "revenue", "price", "compare", "share", "largest", "smallest", "sum", "target"}
# What a question asks for by its own word, and the form that each is: what has none of it is no answer, however like
# the question; and what may be told in other words where it is.
_KINDS: dict[Asks, Form] = {
    "somebody": "somebody", "staff": "staff", "firm": "firm", "span": "span", "street": "street", "law": "law",
    "person": "person", "hours": "hours", "open": "open", "date": "date",
    "weekday": "weekday", "name": "name", "age": "age", "within": "extent", "authority": "authority", "sex": "sex",
    "found": "found",
    "how_often": "often", "cost": "cost",
}  # fmt: skip
_FORMS: dict[Asks, Form] = {
    "contact": "contact", "address": "address", "place": "place", "where": "where",
}  # fmt: skip
# What so many texts have that it tells little to have it.
VAGUE: frozenset[Form] = frozenset(
    ("number", "often", "extent", "money", "time", "somebody", "staff", "place", "share", "where", "name")
)


def has_kind(words: str, question: Question, labels: str = "") -> bool:
    """True where a text has each kind of thing that a question names: who, a firm, a day, so many weeks."""
    return all(has(form, words, question, labels) for form in _kinds(question))


def _kinds(question: Question) -> list[Form]:
    asks = question.asks
    found = [form for kind, form in _KINDS.items() if kind in asks]
    if "staff" in asks and "somebody" in found:
        found.remove("somebody")
    if "how_many" in asks:  # "how many members, and how often do they meet?"
        found = [form for form in found if form not in ("often", "age")]
    if {"often", "weekday"} <= {*found}:  # "on which days, or how often?"
        found.remove("weekday")
    figures = {"number", "net"} if asks & {"when", "until", "from"} else {"number", "net", "costs", "revenue"}
    if "money" in asks and asks & figures and not asks & {"how_many", "somebody"}:
        found.append("money")
    return found


def _forms(question: Question) -> list[Form]:
    """The forms that a question insists on, but of what surely answers it."""
    asks = question.asks
    found = [form for kind, form in _FORMS.items() if kind in asks]
    if "contact" in found and asks & {"when", "hours", "open"}:
        found.remove("contact")  # "when can I phone …?"
    # "förra året" is when something was, and nothing to compare it with.
    of_money = _OF_MONEY - {"compare"} if "past" in asks else _OF_MONEY
    counts = "somebody" not in asks  # "who works out how many places are needed?" asks for no number
    if counts and "how_many" in asks and not asks & {"span", "how_often", *of_money}:
        found.append("count")
    elif (
        counts and asks & {"number", "outcome"} and not asks & {"span", "how_often", "within"}
    ):  # "hur länge": a day is as good as a number
        found.append("extent" if "lasting" in asks else "number")
    if _OF_ONE_SEX.search(question.text):
        found.append("sex")
    if "share" in asks:
        found.append("share")
    if "fee" in asks:
        found.append("price" if asks & {"compare", "why", "yes_no"} else "kronor")
    if asks & {"when", "until", "from"} and not asks & {"number", "how_many", "who", "list", "activities"}:
        found.append("time")
    return found


_OF_ONE_SEX = re.compile(
    r"(?<!of those )(?<!of them )(?<!av dem )"
    r"\b(?:hur många|antal(?:et)?|andel(?:en)?|how many|number of|share of) (?:kvinnor|män|flickor|pojkar|tjejer|killar"
    r"|women|men|girls|boys)\b",
    re.IGNORECASE,
)


def insisted(question: Question) -> list[Form]:
    """The forms that a text must have to be an answer."""
    return _kinds(question) + _forms(question)


def asked_of(question: Question) -> list[Concept]:
    """The things that a question asks something of, known or not, beside the words that say what it asks."""
    kinds = question.asks & (_KINDS.keys() | _FORMS.keys() | {"outcome"})
    said = [PATTERNS[kind].search(question.text) for kind in kinds]
    how = " ".join(match[0] for match in said if match)
    things = [*question.things, *(concept for concept in question.concepts if concept.words in question.unknown)]
    return [thing for thing in things if thing.words not in how]


def says_how(words: str) -> bool:
    """True for words of a question that say how it is asked, of which year or what kind of thing: "who runs", "kostar",
    "2026", "aktiviteterna"."""
    how = says_who(words) or turns(words) or stem(words.casefold()) in SOFT_STEMS
    return how or _YEAR.fullmatch(words) is not None


def says_who(words: str) -> bool:
    """True for words of a question that ask for somebody: "who runs", "vem håller i"."""
    return _WHO.match(words) is not None


_WHO = re.compile(r"(?:who|whose|vems?)\b", re.IGNORECASE)


def answers_form(words: str, question: Question, plan_year: int | None, labels: str = "") -> bool:
    """True where a text has the form that the question insists on: a figure, a date, a person, the year asked about.

    `words` are what is said and quoted, `labels` the table headers beside them. What lacks the form may be on the
    subject, but is no answer.
    """
    if not all(has(form, words, question, labels) for form in insisted(question)):
        return False
    if plan_year is None:
        return True
    asks, said = question.asks, f"{words} {labels}"
    if not tells_year(said, question, plan_year):
        return False
    if "target" in asks and other_years(question, plan_year) and not has("number", words, question):
        return False
    past = tells_how_it_was(said)
    if "outcome" in asks and not past:
        return False
    return "past" not in asks or past or any(int(year) < plan_year for year in _YEAR.findall(said))


_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
