"""The goals of a plan, their indicators and the commissions given to it: which there are, and how many."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from ingest.plan import Indicator
from ingest.values import number_in
from retrieval.evidence.amounts import Limit, limit
from retrieval.evidence.answer_types import Counted, Draft, Reference, Statement
from retrieval.evidence.conditions import is_denied
from retrieval.evidence.lookup import (
    Facts,
    is_part_of,
    is_set,
    of_council,
    quote_statement,
    targets_apart,
    undivided,
)
from retrieval.evidence.rank import Asked, Ranked
from retrieval.facts.due import numbered
from retrieval.language.cues import PATTERNS
from retrieval.language.dates import number_of
from retrieval.language.phrases import say
from retrieval.question.extent import thing_listed
from retrieval.question.question import Question
from retrieval.store.search import terms_of


def goals_listed(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """The goals of a rung, or of any under a number, all of them or those on a subject; None where none are asked for.

    Where no rung is named and no number, they are the lowest that the plan is built of: a unit's own, else the board's.
    """
    asks, text = question.asks, question.text
    if not (asks & {"list", "how_many"} or ("goals" in asks and _WHAT.search(text))) or limit(text):
        return None
    rung = next((label for label, pattern in _RUNGS.items() if pattern.search(text)), None)
    if asks & ({"until"} if rung == "Uppdrag" else {"activities", "until"}):
        return None
    thing = thing_listed(question)
    if rung == "Uppdrag" and thing is not None and not _RUNGS["Uppdrag"].search(thing.words):
        return None
    if (rung is None and not _GOALS_LISTED.search(text)) or _AS_TARGET.search(text):
        return None
    things = [c for c in question.things if not _RUNG_WORDS.search(c.words)]
    subject = {term for c in things for term in c.meant}
    of_subject = rung is None and bool(subject) and not any(numbered(question, one) for one in asked)
    goals = [goal for one in asked for goal in _goals_under(numbered(question, one), one, rung)]
    statements = [goal for goal in goals if subject & terms_of(goal.support[0].section, least=0.5)]
    of_subject |= bool(things) and _of_one_target(question, asked)
    statements = statements or ([] if of_subject else goals)
    if not statements:
        return None
    counted: Counted = "found_commissions" if rung == "Uppdrag" else "found_goals"
    more = max(0, len(statements) - _MOST)
    return Draft(tuple(statements[:_MOST]), "lookup", listed=True, more=more, counted=counted)


def _of_one_target(question: Question, asked: Sequence[Asked]) -> bool:
    """True where a question asks for the target for something that an indicator is of, not for goals."""
    if not (_WHAT.search(question.text) or "how_many" in question.asks):
        return False
    names = (terms_of(each.name) for one in asked for each in one.searchable.plan.indicators)
    things = [c for c in question.things if not _RUNG_WORDS.search(c.words)]
    return any(all(c.is_in(held) for c in things) for held in names)


def _goals_under(numbers: Sequence[str], one: Asked, rung: str | None) -> Iterator[Statement]:
    """The goals of a plan on a rung, else on those of "our goals"; those under the numbers, if there are any."""
    for number, goal in goals_on(one.facts, {rung} if rung else _LADDER if numbers else own_rungs(one)):
        below = any(number.startswith(f"{each}.") for each in numbers) or _is_under(numbers, goal.support[0].section)
        if not numbers or (below and (rung or number not in numbers)):
            yield goal


def goals_on(facts: Facts, rungs: Container[str]) -> Iterator[tuple[str, Statement]]:
    """The goals on some rungs of a plan's ladder, each with its number."""
    for n, section in enumerate(facts.plan.sections):
        if section.label in rungs:
            text = " ".join(filter(None, (section.number, section.title)))
            yield section.number, Statement(text, (Reference(facts.document, section.span, facts.plan.path(n)),))


def own_rungs(one: Asked) -> set[str]:
    """The rung that "our goals" are on: the lowest of the ladder that whoever the plan is of has set."""
    there = {section.label for section in one.searchable.plan.sections}
    own = ("Enhetsmål", "Nämndmål") if one.known.description.unit else ("Nämndmål", "Enhetsmål")
    return {next((label for label in (*own, *_LADDER) if label in there), own[0])}


# How many of a thing are to be: "hur många laddstolpar är nämndens mål?" asks of no goals.
_AS_TARGET = re.compile(
    r"\b(?:hur många|how many)(?: (?!\w*(?:mål|uppdrag|goal|objective|target|commission|assignment))[^\W\d_]+){1,4}?"
    r" (?:är|ska|har|is|are|does|do|did|has|have|was|were)\b",
    re.IGNORECASE,
)
_WHAT = re.compile(r"\b(?:what|vad)\b", re.IGNORECASE)
_GOALS_LISTED = re.compile(
    r"\b(?:vilka|lista|räkna upp|alla|hur många|which|what are|list|name|how many)\b(?:\W+\w+){0,3}?\W+"
    r"(?:mål|målen|delmål\w*|goals|objectives)\b",
    re.IGNORECASE,
)
_RUNG_WORDS = re.compile(
    r"mål|goal|target|objective|kf|fullmäktig|council|nämnd|board|övergripande|overarching|enhet|unit|tre|three"
    r"|viktig|främst|prioriterad|important|main|key\b|priorit",
    re.IGNORECASE,
)
_RUNGS = {
    label: re.compile(pattern, re.IGNORECASE)
    for label, pattern in {
        "KF:s inriktningsmål": r"\binriktningsmål\w*|\b(?:orientation|direction) goals?"
        r"|\b(?:övergripande|överordnade) mål\w*|\boverarching (?:goals?|objectives?)",
        "Uppdrag": r"\buppdrag(?:en)?\b|\bcommissions\b|\bassignments\b",
        "Nämndmål": r"\bnämndmål\w*|\bnämndens (?:egna )?mål\b|\bboard(?:'s)? (?:own )?goals?\b",
        "Enhetsmål": r"\benhetsmål\w*|\benhetens mål\b|\bunit(?:'s)? goals?\b",
        "KF:s mål för verksamhetsområdet": r"\b(?:kf:?s?|(?:kommun)?fullmäktiges) (?:mål|-mål)\b"
        r"(?! för (?:\w*frånvaro|\w*index))|\bkf-mål\w*|\barea goals?\b|\bmål har (?:kf|(?:kommun)?fullmäktige)\b"
        r"|\b(?:city|municipal) council(?:['’]s)? goals\b|\bmål för verksamhetsområdet",
    }.items()
}
_LADDER = [label for label in _RUNGS if label != "Uppdrag"]


# Indicators and commissions


def indicators_listed(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """The indicators of a plan, under a number, on a subject or with a target within a limit where such is named; None
    where a question asks neither which nor how many there are."""
    within = limit(question.text)
    listed = _WHICH_TARGETS if within else INDICATORS if _often(question.text) else _INDICATORS_LISTED
    if not question.asks & {"list", "how_many"} or not listed.search(question.text):
        return None
    council = of_council(question.text)

    def target(item: Indicator) -> str | None:
        return item.council_target if council else item.target

    of = [(o, i) for o, i in _on_subject(question, asked, within) if _is_followed_up(i, question.text)]
    of = [(o, i) for o, i in of if not within or _is_within(target(i), within)]
    if not of:
        return None
    statements = [
        Statement(": ".join(filter(None, (i.name, target(i)))), o.facts.references(i, "Indikator"))
        for o, i in of[:_MOST]
    ]
    return Draft(tuple(statements), "lookup", listed=True, more=len(of) - len(statements), counted="found_indicators")


def _is_within(target: str | None, within: Limit) -> bool:
    """True for a target whose number is within a limit, and in percent where the limit is."""
    number = number_in(target or "")
    return number is not None and within.has(number, "%" if "%" in (target or "") else None)


def set_beside_council(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """The indicators whose own target is higher or lower than the city council's, or the same, where a question asks
    which or how many are; None where it doesn't, or none is."""
    wanted = asks_beside_council(question.text)
    if wanted is None:
        return None
    spoken, statements = question.language, []
    for one, item in _on_subject(question, asked):
        own, councils = item.target or "", item.council_target or ""
        far = targets_apart(own, councils, spoken)
        if far is not None and far[0] in wanted and not is_part_of(own, councils):
            text = say("beside_council", spoken, name=item.name, target=own, council=councils)
            statements.append(Statement(text, one.facts.references(item, "Årsmål"), (far[1],) if far[0] else ()))
    if not statements:
        return None
    more = len(statements) - _MOST
    return Draft(tuple(statements[:_MOST]), "lookup", listed=True, more=max(0, more), counted="found_indicators")


def unset_listed(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """The indicators without a target, an own one or the city council's, with what stands there instead, where a
    question asks for those; None where it doesn't, or all have or none has."""
    text = question.text
    if not (is_denied(text) and question.asks & {"list", "how_many"} and (found := _UNSET.search(text))):
        return None
    council = COUNCIL.search(text) is not None or COUNCIL.search(f"the {found[0].split(maxsplit=1)[-1]}") is not None
    on = _on_subject(question, asked, but=found[0])
    written = [(o, i, i.council_target if council else i.target) for o, i in on]
    unset = [(o, i, target) for o, i, target in written if not is_set(target) and not undivided(o.facts, i)]
    if not unset or len(unset) == len(on):
        return None
    column = "KF:s årsmål" if council else "Årsmål"
    statements = [
        Statement(f"{i.name}: ”{target}”" if target else i.name, o.facts.references(i, column))
        for o, i, target in unset[:_MOST]
    ]
    more = len(unset) - len(statements)
    return Draft(tuple(statements), "lookup", listed=True, more=more, counted="found_indicators", certain=True)


_AIM = r"(?:[\w:-]*mål(?:et|en|värde\w*|nivå\w*)?|(?:\w+ )?(?:targets?|goals?|aims?))"
# That a target is not there: "no council target", "mål har vi inte satt", "have no targets set".
_UNSET = re.compile(
    rf"\b(?:saknar?|utan|ing(?:en|et|a)|(?:inte|ej) (?:\w+ ){{0,2}}?(?:någ(?:ot|ra)|nåt)|without|lack\w*|no"
    rf"|(?:not|n['’]t) (?:\w+ )?(?:an?|any))\b(?: [\w:]+){{0,2}}? {_AIM}\b"
    rf"|{_AIM}\b[^,.?!]*?(?:\bsaknas|\bmissing|(?:\b(?:inte|ej|not)|n['’]t)(?: [\w:]+){{0,3}}? (?:satt\w*|fastställ\w+"
    r"|bestäm\w+|angiv\w+|beslut\w+|set|decided|given))\b",
    re.IGNORECASE,
)


def asks_beside_council(text: str) -> Container[int] | None:
    """What a text asks which targets are beside the city council's: 1 for higher, -1 for lower, 0 for the same; None
    where it doesn't ask that, or of one target only."""
    if not (_WHICH_TARGETS.search(text) and (at := _THAN_COUNCIL.search(text))):
        return None
    return next(signs for name, signs in _BESIDE.items() if at[name])


COUNCIL = PATTERNS["council"]
_BESIDE: dict[str, Container[int]] = {"higher": (1,), "lower": (-1,), "same": (0,), "other": (1, -1)}
_THAN_COUNCIL = re.compile(
    r"\b(?:(?P<higher>högre|över(?:stiger)?|mer|higher|above|exceeds?|more)|(?P<lower>lägre|under(?:stiger)?|mindre|lower"
    r"|below|less)|(?P<same>samma|lika|same|equal\w*)|(?P<other>skilj\w*|avvik\w*|annan|annat|andra|differ\w*|other))\b"
    rf"(?:\W+\w+){{0,4}}?\W+(?:{COUNCIL.pattern})",
    re.IGNORECASE,
)
_WHICH_TARGETS = re.compile(
    r"\b(?:vilka|var|hur många|några|lista|which|where|how many|any|list|what)\b.*?"
    r"(?:\bmål|årsmål|\bindikator|\bnyckeltal|\bstyrtal|\bkey figure|\bindicator|\btarget|\bgoal|\baim|\bsikta"
    r"|ambition)(?!et\b)",
    re.IGNORECASE,
)
_MOST = 30  # goals or indicators that are told of many


def _on_subject(
    question: Question, asked: Sequence[Asked], within: Limit | None = None, but: str = ""
) -> list[tuple[Asked, Indicator]]:
    """The indicators of some plans, those under a number or on a subject where a question names one beside a limit."""
    of = [(one, item) for one in asked for item in one.searchable.plan.indicators]
    numbers = [n for one in asked for n in numbered(question, one) if not within or n != str(within.amount)]
    if numbers:
        return [(o, i) for o, i in of if _is_under(numbers, o.searchable.plan.path(i.origin.section))]
    subject = [c for c in question.things if not _NO_SUBJECT.search(c.words) and not _WHOSE.search(c.words)]
    subject = [c for c in subject if c.words not in but and (not within or c.words not in within.words)]
    subject = [c for c in subject if not _tells_often(c.words)]
    if not subject:
        return of
    held = {term for concept in subject for term in concept.meant}
    named = [(o, i) for o, i in of if held & terms_of(i.name)]
    return named or [(o, i) for o, i in of if held & terms_of(o.searchable.plan.path(i.origin.section))]


def _is_followed_up(indicator: Indicator, text: str) -> bool:
    """True where an indicator is followed up as often as a text names, or it names no such time."""
    often = _often(text)
    return not often or any((indicator.period or "").casefold().startswith(period) for period in often)


def _often(text: str) -> list[str]:
    """How often a text says that something is followed up, as a plan does; of two that are set against each other the
    one asked about: "some three times a year, but which only once?", "once a year and not three times?"."""
    said = _BUT.split(_BUT_NOT.sub("", text))[-1]
    return [period for period, named in _PERIODS if named.search(said)]


def _tells_often(words: str) -> bool:
    """True for a number of times, or words that say how often: "tre", "every four months"."""
    return number_of(words) > 0 or any(named.search(words) for _, named in _PERIODS)


_BUT = re.compile(r"\b(?:men|but|medan|whereas)\b|[,.;:–] (?=vilka|which)", re.IGNORECASE)
_BUT_NOT = re.compile(
    r"\b(?:inte|ej|not|istället för|i stället för|instead of|rather than|än|than)\b[^,?]*", re.IGNORECASE
)
_EACH = r"(?:per|varje|om|på|under|an?|each|every)"
_TIMES = rf"(?:gånger|ggr|times|tillfällen|occasions) {_EACH} (?:år|året|year)\b"
_NOT_SO_MANY = r"(?<!gånger )(?<!ggr )(?<!times )"
_PERIODS = [
    (period, re.compile(pattern, re.IGNORECASE))
    for period, pattern in (
        ("tertial", rf"\btertial(?!rapport)\w*|\bfour[- ]month\w*|\b(?:tre|three|3) {_TIMES}"),
        ("halvår", rf"\bhalvår\w*|\bhalf-?year\w*|\b(?:två|two|2) {_TIMES}|\btwice a year\b"),
        ("kvartal", rf"\bkvartal\w*|\bquarter\w*|\b(?:fyra|four|4) {_TIMES}"),
        ("vartannat", r"\bvartannat år\b|\b(?:every (?:other|second) year|every two years)\b"),
        ("år", rf"\bårlig\w*|\bårsvis\b|\b(?:yearly|annually)\b|{_NOT_SO_MANY}\b{_EACH} (?:år|året|year)\b"),
        ("månad", rf"\bmånatlig\w*|\bmånadsvis\b|\bmonthly\b|\b{_EACH} month\b|\b(?:per|varje|i) månad(?:en)?\b"),
    )
]


def _is_under(numbers: Sequence[str], path: str) -> bool:
    return any(f" {number} " in f" {path} " for number in numbers)


_WHOSE = re.compile(
    r"^(?:avdelning|förvaltning|stadsdelsförvaltning|nämnd|enhet|verksamhet|organisation|plan)(?:en|et)?s?$"
    r"|^(?:our )?(?:department|administration|board|unit|organisation|organization|plan)s?$",
    re.IGNORECASE,
)
INDICATORS = re.compile(r"\b(?:indikator\w*|nyckeltal\w*|styrtal\w*|indicators?|key figures?)\b", re.IGNORECASE)
# What of a question on indicators is no subject that they are of.
_NO_SUBJECT = re.compile(
    rf"{INDICATORS.pattern}|mål(?:en)?s?$|\b(?:target|goal|aim|kf|council|ligg)|fullmäktig|nämnd"
    r"|^(?:rapporter|redovis|följ|mät|koll|stäm|check|report|follow|measur)\w*(?: upp| av| up)?$"
    r"|^(?:tas|ta|taken|års|vissa|some|once|bara|only|enda|gång|del|single|tillfäll\w*|occasions?|times)$",
    re.IGNORECASE,
)
_INDICATORS_LISTED = re.compile(
    r"\b(?:vilka|lista|räkna upp|alla|hur många|antal\w*|which|list|name|what|how many|number of)\b(?:\W+\w+){0,3}?\W+"
    r"(?:indikator\w*|nyckeltal\w*|styrtal\w*|indicators|key figures)\b",
    re.IGNORECASE,
)
_COMMISSION = re.compile(
    r"\b(?:uppdrag|commission|assignment|punkt)(?:et)? (?:nr\.? ?|nummer |number |no\.? ?)?(\d{1,2})\b", re.IGNORECASE
)


def commission_told(question: Question, asked: Sequence[Asked], ranked: Sequence[Ranked]) -> Draft | None:
    """What a commission is about and what was answered to it, where a question names it by its number, or asks for the
    answer to what is found in it."""
    named = _COMMISSION.search(question.text)
    for one in asked if named else ():
        for n, section in enumerate(one.searchable.plan.sections):
            if named and (section.label, section.number) == ("Uppdrag", named[1]):
                return _commission(one, n, question)
    if ranked and _REPLY.search(question.text):
        best, plan = ranked[0], ranked[0].asked.searchable.plan
        at = best.hit.entry.unit.item.origin.section
        while at is not None and plan.sections[at].label != "Uppdrag":
            at = plan.sections[at].parent
        if at is not None:
            return _commission(best.asked, at, question)
    return None


_REPLY = re.compile(
    r"\bsvar\w*|\båterkoppl\w*|\banswer\w*|\brepl(?:y|ied)\b|\brespon[ds]\w*|\breport(?:ed)? back\b", re.IGNORECASE
)
_COMMISSION_ROOM = 1200  # characters of an answer; the rest is read by opening the source


def _commission(one: Asked, section: int, question: Question) -> Draft:
    """A commission's words and as much of its answer as a message holds."""
    plan = one.searchable.plan
    path = plan.path(section)
    spans = [s for p in plan.passages if plan.path(p.origin.section).startswith(path) for s in p.origin.spans]
    spans = spans or [plan.sections[section].span]
    statements: list[Statement] = []
    room = _COMMISSION_ROOM
    for span in spans:
        room -= span.end - span.start
        if statements and room < 0:
            break
        statements.append(quote_statement(one.facts, span, path, question.language))
    return Draft(tuple(statements), "extract", certain=True)
