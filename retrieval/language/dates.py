"""The days that a question limits itself to, in the words people use: "före midsommar", "by the end of Q2", "i vår"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from ingest.plan import Activity
from ingest.values import MONTHS, dates_in
from ingest.when import points
from retrieval.language.cues import PATTERNS


@dataclass(frozen=True, slots=True)
class Dates:
    """Days a question limits ends (or starts) to: from and to, both included; None is open."""

    first: date | None = None
    last: date | None = None
    starts: bool = False  # the limit is on start dates
    running: bool = False  # it is on all days from start to end
    outside: bool = False  # it is on all other days


def within(item: Activity, dates: Dates) -> bool:
    """True where an activity ends within some days, begins where starts are asked for, or goes on in them where what
    goes on is."""
    first, last = dates.first or date.min, dates.last or date.max
    if dates.running and item.start and item.end:
        return item.start <= last and item.end >= first and (dates.last is not None or item.start < first)
    day = item.start if dates.starts else item.end
    return day is not None and (first <= day <= last) is not dates.outside


Days = tuple[date, date]  # the first and the last, both included
_OfYear = tuple[int, int]  # a month and a day of it

# Points of the year: the day that something is before or at, and the one that it is after.
_EDGES = {
    r"midsommar|midsummer": ((6, 24), (6, 24)),
    r"halvårsskiftet|(?:mitten av|halva) året|mid-?year|middle of the year|half-?way through the year": (
        (6, 30),
        (6, 30),
    ),
    r"årsskiftet|nyår(?:safton)?|årsslutet|årets (?:slut|utgång)|(?:slutet|utgången) (?:av|på) året"
    r"|new year(?:['’]?s(?: eve)?)?|year[- ]end|(?:end|turn|close) of (?:the|this) (?:calendar )?year|end of year": (
        (12, 31),
        (12, 31),
    ),
    r"jul|christmas": ((12, 24), (12, 24)),
    r"påsk|easter": ((4, 5), (4, 5)),
    r"valborg|walpurgis(?: night)?": ((4, 30), (4, 30)),
    r"skolavslutningen": ((6, 10), (6, 10)),
    r"skolstarten|terminsstarten": ((8, 15), (8, 15)),
    r"sommaren|summer": ((6, 30), (8, 31)),
    r"(?:sommar)?semestern|semestrarna|the holidays": ((6, 30), (8, 15)),
    r"sommarlovet": ((6, 10), (8, 15)),
    r"hösten|autumn": ((8, 1), (12, 31)),
    r"våren|spring": ((1, 1), (5, 31)),
}
_SPANS = {
    r"första halvåret|(?:the )?first half": ((1, 1), (6, 30)),
    r"andra halvåret|(?:the )?second half": ((7, 1), (12, 31)),
    r"(?:i|under|till) vår(?:en)?|this spring|(?:in|during) (?:the )?spring": ((1, 1), (5, 31)),
    r"(?:i|under|till) höst(?:en)?|this (?:autumn|fall)|(?:in|during) (?:the )?(?:autumn|fall)": ((8, 1), (12, 31)),
    r"(?:i|under|över) sommar(?:en)?|this summer|(?:in|during|over) (?:the )?summer": ((6, 1), (8, 31)),
}
_QUARTERS = {
    "första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "sista": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
    "last": 4,
}  # fmt: skip
NUMBERS = {
    "en": 1, "ett": 1, "a": 1, "an": 1, "one": 1, "två": 2, "two": 2, "ett par": 2, "a couple of": 2, "tre": 3,
    "three": 3, "fyra": 4, "four": 4, "fem": 5, "five": 5, "sex": 6, "six": 6, "sju": 7, "seven": 7, "åtta": 8,
    "eight": 8, "nio": 9, "nine": 9, "tio": 10, "ten": 10, "elva": 11, "eleven": 11, "tolv": 12, "twelve": 12,
    "tretton": 13, "thirteen": 13, "fjorton": 14, "fourteen": 14, "femton": 15, "fifteen": 15, "sexton": 16,
    "sixteen": 16, "sjutton": 17, "seventeen": 17, "arton": 18, "eighteen": 18, "nitton": 19, "nineteen": 19,
    "tjugo": 20, "twenty": 20, "trettio": 30, "thirty": 30, "fyrtio": 40, "forty": 40, "femtio": 50, "fifty": 50,
    "sextio": 60, "sixty": 60, "sjuttio": 70, "seventy": 70, "åttio": 80, "eighty": 80, "nittio": 90, "ninety": 90,
}  # fmt: skip
_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True))
_ENGLISH_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                   "november", "december")  # fmt: skip
MONTH_NUMBER = {name: n for names in (MONTHS, _ENGLISH_MONTHS) for n, name in enumerate(names, 1)}
MONTH_NUMBER |= {name[:3]: n for name, n in MONTH_NUMBER.items() if name != "may"} | {"sept": 9}
_MONTH = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
# That something is not so.
_NOT = r"(?:\b(?:inte|ej|not|never|aldrig|cannot)|n['’]t|\b(?:is|are|do|does|did|has|have|wo|wi)nt)\b"
_BEGINS, _ENDS, _GOES_ON = PATTERNS["begins"], PATTERNS["ends"], PATTERNS["goes_on"]


# From today on: "inom 30 dagar", "de närmaste två veckorna", "within a month", "in the next six months".
_AHEAD = re.compile(
    r"\b(?:inom|within|(?:de |det |den )?(?:närmaste|närmsta|kommande|nästkommande)|(?:the )?(?:next|coming|following))"
    rf"(?: (?P<n>\d{{1,3}}|{_NUMBER}))?"
    r" (?P<unit>dag(?:ar(?:na)?)?|dygn(?:en)?|days?|veck(?:a|or(?:na)?)|weeks?|månad(?:en|er(?:na)?)?|months?"
    r"|halvår(?:et)?|half[- ]year)\b"
)
_UNITS = (("da", 1, 0), ("dy", 1, 0), ("v", 7, 0), ("w", 7, 0), ("m", 0, 1), ("h", 0, 6))  # days or months in each
_NOW_OR_NEXT = re.compile(
    r"\b(?:(?P<next>nästa|next|kommande|coming)|den här|denna|nuvarande|this)"
    r" (?P<unit>veckan?|week|månad(?:en)?|month)\b"
)
_DAY = re.compile(r"\b(?:(?P<next>i ?morgon|tomorrow)|i ?dag|today)\b")
_DUE = re.compile(r"\b(?:klara?t?|färdig\w*|senast|due|done|förfaller|deadlines?)\b")
# Nor does it say by when: "should be done by then" has a day of its own.
_NO_LIMIT = r"(?! (?:by|before|until|till|in|during|senast|före|innan|i|under|vid)\b(?! (?:now|nu|dag)\b))"
_OVERDUE = re.compile(
    r"\bförsenad\w*|\bförsenat\b|\boverdue\b|\bpast (?:due\b|(?:its|their|the) (?:deadline|due date|end date))"
    r"|\bpassera[dt]\w* (?:\w+ ){0,2}(?:slutdatum|deadline)"
    r"|\b(?:slutdatum|deadline)\w* (?:\w+ ){0,2}(?:passerat|gått ut)"
    rf"|\b(?:skulle|borde) (?:redan )?(?:ha varit|varit|vara) (?:klara?t?|färdig\w*){_NO_LIMIT}"
    rf"|\bshould (?:already )?(?:have been|be) (?:done|finished|completed?|ready)\b{_NO_LIMIT}|\bbehind schedule\b"
    r"|\befter tidplan\w*"
)


_NEXT = re.compile(
    r"\b(?:nästa|närmaste|next) (?:deadline|slutdatum|tidsfrist|due date|end date)\b"
    r"|\b(?:due|klart) (?:härnäst|next)\b(?! (?:week|month|year|quarter))"
)
_NO_SPAN = (  # nor does "slutar först då" ask for the first, nor is "the last of March" one
    rf"\b(?! (?:(?:of|day of|dagen i|dagarna i) )?(?:då|när|i|in|under|till|efter|\d|dag|day|kvartal"
    rf"|quarter|half|halvår|månad|month|year|week|{_MONTH}|spring|summer|autumn|fall|(?:{_NUMBER})\b))"
)
_SUPERLATIVE = re.compile(
    rf"\b(?<!at the )(?<!as the )(?<!som )(?:allra )?(?:(?P<first>först|första|tidigast|first|earliest|soonest)"
    r"|(?P<last>sist|sista|latest|last))"
    rf"{_NO_SPAN}"
    r"|\b(?P<long>längst|longest)\b"
)
_SO_FAR = re.compile(r"\b(?:har|have|has|hade|had|been|redan|sedan|since)\b")
Most = Literal["first_start", "first_end", "last_start", "last_end", "longest"]


def most_of(text: str) -> Most | None:
    """Which of all that has days a text asks for: what begins or ends first or last, what lasts longest; None for none.
    What has gone on longest is what began first."""
    low = re.sub(r"\s+", " ", text.casefold())
    found = _SUPERLATIVE.search(low)
    begins = _BEGINS.search(low) is not None
    if found is None or not (begins or _ENDS.search(low) or (found["long"] and _GOES_ON.search(low))):
        return None
    if found["long"]:
        return "first_start" if begins or _SO_FAR.search(low) else "longest"
    if found["first"]:
        return "first_start" if begins else "first_end"
    return "last_start" if begins else "last_end"


def counts_from_today(text: str) -> str:
    """The words of a text that name days counted from today, "inom 30 dagar" or "overdue"; "" for none."""
    low = re.sub(r"\s+", " ", text.casefold())
    found = [m for p in (_AHEAD, _NOW_OR_NEXT, _OVERDUE, _NEXT) if (m := p.search(low))]
    if not found and _DUE.search(low):
        found = [m for m in (_DAY.search(low),) if m]
    return " ".join(m.group() for m in found)


def names_year(text: str, year: int, plan_year: int | None) -> bool:
    """True where a text names a year: by its number, or the one before its plan's as a plan does ("föregående år")."""
    return str(year) in text or (year + 1 == plan_year and _YEAR_BEFORE.search(text) is not None)


_YEAR_BEFORE = re.compile(r"\b(?:föregående år|förra året|året (?:innan|dessförinnan)|i fjol)\b", re.IGNORECASE)


def ends_in_month(text: str) -> bool:
    """True where a text ends in the name of a month, of which what follows is the year."""
    return _ENDS_IN_MONTH.search(text) is not None


_ENDS_IN_MONTH = re.compile(rf"\b(?:{_MONTH})\.? $", re.IGNORECASE)


def number_of(word: str) -> int:
    """A small number in digits or in words, Swedish or English; 0 for any other word."""
    return int(word) if word.isdigit() else NUMBERS.get(word.casefold(), 0)


def names_day(text: str, day: date, year: int | None) -> bool:
    """True where a text of a year's plan names a day."""
    return year is not None and any(days == (day, day) for _, days in points(text, year))


def is_next(text: str) -> bool:
    """True where a text asks for what is due first from today on."""
    return _NEXT.search(text.casefold()) is not None


def is_overdue(text: str) -> bool:
    """True where a text asks for what should be done by now."""
    return _OVERDUE.search(text.casefold()) is not None


def is_moment(words: str) -> bool:
    """True where words are a date or a point of the year, which a filter on dates reads."""
    return _MOMENT.fullmatch(words) is not None


_MOMENT = re.compile(
    rf"(?:{_MONTH}|{'|'.join(_EDGES)}|i år|this year|last year|förra året|\d{{1,2}}|[ .,])+", re.IGNORECASE
)


def asks_ends(text: str) -> bool:
    """True where a text asks for what ends then, or is done."""
    return _ENDS.search(text.casefold()) is not None


def asks_undated(text: str) -> Literal["end", "any", ""]:
    """Whether a text asks for what has no day when it ends, or none at all; "" for neither."""
    found = _UNDATED.search(text)
    return "" if found is None else "end" if found["end"] or found["open"] else "any"


# No word for "when it ends" stands between what denies and the days: "that do not end on that date" have one.
_UNDATED = re.compile(
    rf"(?:\b(?:utan|sakna\w*(?: det)?|ing(?:en|et|a)|without|lack(?:s|ing)?|missing|no)\b|{_NOT})"
    rf"(?: (?!(?:{_BEGINS.pattern}|slut\w*|end\w*|more|än|than|later|senare|on|at|by|före|before"
    r"|efter|after|till|vid|det|that)\b)[\w-]+){0,6}? (?:"
    r"(?P<end>(?:slut(?:datum|dag|tid(?:er)?)|deadlines?|(?:end|due|finish)[- ]dates?))"
    r"|datum\w*|dates?|tids?plan\w*|time(?:table|line)s?|schedules?)\b"
    r"|(?P<open>\b(?:utan|inget|without an|no) (?:slut|end)\b(?! (?:på|i|av|of|in|to|by)\b)|\bopen[- ]ended\b"
    rf"|\btills vidare\b|\buntil further notice\b|(?:\b(?:nobody|no one|ingen)\b|{_NOT})[^,.?]* (?:när|when)"
    r" (?:det|de[nm]?|dom|it|they|those|these)\b[^,.?]*\b"
    r"(?:slutar?|klara?t?|färdig\w*|end|finish|done|complete|due)\b)",
    re.IGNORECASE,
)


def times_said(text: str) -> frozenset[str]:
    """The words of a text that say when, or that something begins, ends or goes on then."""
    low = re.sub(r"\s+", " ", text.casefold())
    found = [counts_from_today(text)]
    for pattern in (_WHEN, _THROUGHOUT, _SUPERLATIVE, _BEFORE, _AFTER, _UNTIL, _BEGINS, _ENDS, _GOES_ON):
        found += [m.group() for m in pattern.finditer(low)]
    for lacking in _UNDATED.finditer(low):  # what lacks a date may stand between
        found += [lacking[0]] if lacking["open"] else [*lacking[0].split()[:1], *lacking[0].split()[-2:]]
    return frozenset(re.findall(r"\w+(?:-\w+)?", " ".join(found)))


_WHEN = re.compile(
    rf"\b(?:{_MONTH}|{'|'.join(_EDGES)}|{'|'.join(_SPANS)}|(?:{'|'.join(_QUARTERS)}) (?:kvartal\w*|quarter)"
    rf"|(?:första|first|sista|last) (?:{_NUMBER}|\d\d?) (?:månaderna|months)|[qt][1-4]|kvartal\w*|quarter|tertial\w*"
    rf"|{_YEAR}|(?:slutet|början|mitten) (?:av|på)(?: \w+)?|(?:the )?(?:end|start|beginning|turn) of(?: \w+)?"
    r"|månad(?:en|er(?:na)?)?|months?|förrän|tidigare|earlier|sooner|senare|later|onwards?|tidigast|earliest"
    r"|därefter|thereafter|redan|already|dessförinnan|(?:slut|start)?dat(?:um|e)\w*|tids?plan\w*"
    r"|timetables?|schedules?|timelines?"
    r"|(?:nästa|nästkommande|förra|föregående|detta|innevarande|next|last|previous|coming|this) (?:år|året|year)"
    r"|(?:vår|sommar|höst|vintern|år)(?:en|et)?s|halvår\w*|in progress|(?:nån|någon) gång|sometime"
    r"|(?:in|during|under|i|till) (?:år|året|(?:the )?year))\b"
)
_BEFORE = re.compile(r"\b(?:före|innan|before|tidigare än|earlier than|prior to|ahead of)\b")
_ALREADY_BEFORE = re.compile(r"\b(?:redan|already)\b.*\b(?:före|innan|before)\b")
_AFTER = re.compile(r"\b(?:efter|after|later than|senare än|past|beyond|längre än|bortom)\b")
_UNTIL = re.compile(
    rf"\b(?:fram till|till och med|senast|by|until|up to|(?:no|not|inte) later than|inte senare än|at the latest)\b"
    rf"|\btill (?:slutet|utgången|sista|mitten|den|kv|q\d|tertial|v\.|vecka|{_MONTH}|\d)"
)
_AT = re.compile(r"\b(?:till|by|until|senast|till och med|vid|at|within|inom)\b")
_FROM_DAY = re.compile(rf"\bfr(?:ån|om)(?: och med)?(?: den| the)? (?:\d|{_MONTH})")
_FROM = re.compile(r"\b(?:från och med|fr\.? ?o\.? ?m|from and including|starting)\b")
# What holds from a day on is new that day.
_NEWLY = re.compile(
    r"\b(?:gäll(?:er|de|a)|(?:för)?ändra\w*|tillkom\w*|träd\w* i kraft|införs?|nytt?|nya|tar över|övertar|övergår"
    r"|chang\w*|appl(?:y|ies|ied)|new|takes? effect|tak(?:es?|ing) over|added|transfer\w*)\b"
)
_SINCE = re.compile(r"\b(?:från|fr\.? ?o\.? ?m|from|as of|per den)\b")
_NOT_UNTIL = re.compile(
    rf"\bförrän\b|\btidigast\b|\bearliest\b|\bförst (?=i |under |till |vid |efter |{_YEAR}|{_MONTH})"
    r"|\b(?:(?:eller senare|or later)(?! (?:än|than))|onwards?|och framåt|and beyond)\b"
    r"|(?:\b(?:inte|ej|not)|n't)\b[^.,?]{0,40}?\b(?:until|före|innan|before)\b"
)
_OR_EARLIER = re.compile(
    r" (?:eller|och|or|and) (?:tidigare|earlier|sooner)\b(?! (?:än|than|or|eller))|(?<= on) or before\b"
    r"|(?<!inte) (?:eller|or) (?:före|innan|dessförinnan|before)(?: (?:det|that))?(?=\W*$|,)"
)
_OR_LATER = re.compile(
    r" (?:och|and) (?:senare|later)\b(?! (?:än|than))|(?<= on) or after\b"
    r"|(?<!före)(?<!before) (?:eller|or) (?:efter|därefter|after|thereafter)(?: (?:det|that))?(?=\W*$|,)"
)
_BEFORE_YEAR_BEGAN = re.compile(
    r"\b(?:redan|already|före|innan|before)\b[^.?]*\b(?:årets (?:början|ingång|start)|årsstarten"
    r"|(?:start|beginning) of (?:the|this) year"
    r"|(?:year|år(?:et)?) (?:had |hade )?(?:beg[aiu]ns?|start(?:s|ed|ade|ar|at)|börja(?:de|r|t)|inled(?:des|s|ts)))\b"
)
# What is over before the year is: "runs no whole year", "ends earlier than the others".
_NO_WHOLE_YEAR = re.compile(
    rf"{_NOT}[^.,?]{{0,40}}\b(?:hela året|året (?:ut|runt)|(?:whole|full|entire) year|all year)\b"
    r"|\b(?:kortare|shorter|mindre|less)\b[^.,?]{0,20}\b(?:än|than) (?:(?:a|ett|the|hela|whole|full) )*"
    r"(?:år|året|year)\b"
    r"|\b(?:tidigare|earlier|sooner|före|innan|before) (?:(?:än|than) )?(?:de (?:andra|övriga|flesta)|resten|övriga"
    r"|(?:all )?the (?:others?|rest)|most)\b"
)
_EARLIER_THAN_SAID = re.compile(
    r"\b(?:tidigare|earlier|före|before|innan|sooner)\b[^.?]{0,40}\b(?:än så|than that|det|that|slutdatum|end date)\b"
)


@lru_cache(maxsize=64)
def limits(text: str, year: int, today: date) -> Dates | None:
    """The days a question limits itself to ("före midsommar", "by the end of Q2", "i juni 2021"), None for none.

    They are read in what is asked, which is said last; where that only compares ("… Which end earlier?") it is with the
    days named before.
    """
    low = _CONDITION.sub("", _in_one_way(re.sub(r"\s+", " ", text.casefold()), year))
    years = {int(y) for y in re.findall(rf"(?<![\d-]){_YEAR}(?![\d-])", low)}
    if len(years) == 1 and not any(each.search(low) for each in (_BEFORE_YEAR, _AFTER_YEAR, _INTO_YEAR)):
        year = years.pop()
    question, _, remark = low.rpartition("? ")
    if not remark.rstrip().endswith("?") and (asked := _limits(question, year, today)):
        return asked  # what is remarked after it asks nothing
    *before, last = _PIECES.split(low)
    own = _limits(last, year, today) if before else None
    if own is None and before and (compared := _COMPARED.search(last)):
        return _beside(compared, " ".join(before), last, year, today)
    return own or _limits(low, year, today)


# Under what something is done, which limits no days that are asked about: "om det går back efter april, vad …".
_CONDITION = re.compile(
    r"^(?:om|ifall|if) [^,?]+, ?(?=(?:så |then )?(?:vad|hur|vilk|när|vem|what|which|how|when|who|do|will|ska))"
    r"| (?:ifall|if) (?!any\b|possible\b)[^,?]+(?=\??$)"
)


def _in_one_way(low: str, year: int) -> str:
    """A text in small letters with times said in other ways: the years beside `year` by their number, "in March or
    earlier" as by March, "before the end of March" as until then."""
    low = _THROUGHOUT.sub("during", _IS_OVER.sub(_as_edge, low))
    low = _THIS_YEAR.sub(rf"\g<1> {year}", low)
    if any(each.search(low) for each in (_BEGINS, _ENDS, _GOES_ON)):
        low = _NEXT_YEAR.sub(f"i {year + 1}", _IN_THIS_YEAR.sub(rf"\g<does> i {year}", low))
        low = _EARLIER_YEARS.sub(f" före {year}", low)
    low = _TO_END.sub("senast ", _OR_LATER.sub(" eller senare", _OR_EARLIER.sub(" senast", low)))
    return _MIDDLE.sub("15 ", low) if any(each.search(low) for each in (_BEFORE, _UNTIL, _AFTER)) else low


# Years said by how they stand to the plan's own, where they are no part of a comparison of figures.
_NEXT_YEAR = re.compile(
    r"\b(?:under |in |during )?(?:nästa|nästkommande|next|(?:the )?(?:coming|following)) (?:år|året|year)\b"
)
_THIS_YEAR = re.compile(
    r"\b(efter|bortom|förbi|after|beyond|past|före|innan|before) (?:i år|(?:detta|innevarande) år"
    r"|(?:this|the current) year)\b"
)
_IN_THIS_YEAR = re.compile(rf"(?<=\w )(?P<does>{_ENDS.pattern}|{_BEGINS.pattern}) (?:i år|this year)\b")
_EARLIER_YEARS = re.compile(
    r"(?<!än)(?<!than)(?<!med)(?<!mot)(?<!to)(?<!with) (?:(?:under|i|in|during|an?|some|från|from|sedan|since) )?"
    r"(?:tidigare|föregående|gångna|earlier|previous|prior|past|former) (?:år|åren|years?)\b(?![- ]end)"
)
_THROUGHOUT = re.compile(
    r"\b(?:(?:in|over|during) the course of|(?:some ?time|at some point) (?:in|during)|under loppet av"
    r"|någon gång (?:under|i))\b"
)
# A year or a month is over: "när 2023 är slut", "before May is over".
_IS_OVER = re.compile(
    rf"\b(?:(?P<before>before|until|innan)|when|once|after|när|sedan|efter att) (?:år )?"
    rf"(?P<time>{_YEAR}|(?:{_MONTH})(?: {_YEAR})?)"
    r" (?:ends?|is (?:over|out)|has ended|är (?:slut|över)|tar slut|har tagit slut)\b(?: (?:and|but|och|men))?"
)


def _as_edge(over: re.Match[str]) -> str:
    """That a time is over, or is not yet, as people say it of a day: "efter 2023", "senast May"."""
    return f"{'senast' if over['before'] else 'efter'} {over['time']}"


_TO_END = re.compile(
    r"\b(?:före|innan|before) (?:the )?(?=(?:slutet|utgången|sista|end|close|last)\b(?: (?:dagen|day))?"
    rf"(?: (?:av|i|of))? (?:{_MONTH})\b)"
)
_MIDDLE = re.compile(rf"\b(?:mitten (?:av|på) |(?:the )?middle of |mid[- ]?)(?=(?:{_MONTH})\b)")
# What is said before what is asked.
_PIECES = re.compile(
    r"(?<=[^\W\d_]{2})[.?!;:]+ (?!\d|\W*$)"
    r"|,? (?:i\.e\.,?|that is,|dvs\.?|alltså) (?=\D*\d)|, (?:men|but) |, (?=(?:vilk(?:a|en|et)|which|what|vad)\b)"
    rf"| (?:utan|but) (?=(?:{_BEGINS.pattern}|{_ENDS.pattern}))"
)
# Something is by, earlier or later than what was said.
_COMPARED = re.compile(
    r"\b(?:(?P<by>(?:by|until) (?:then|that (?:date|day|time))|till dess|(?:till|vid) den (?:dagen|tiden))"
    r"|(?P<earlier>tidigare|dessförinnan|(?:före|innan) (?:d[eo]t|dess|den|då)|earlier|sooner|(?:before|ahead of)"
    r" (?:that|then)|before\W*$|prior to that)|senare|därefter|efter (?:det|dess|den)|later"
    r"|after (?:that|then)|thereafter)\b"
)


def _beside(compared: re.Match[str], before: str, asked: str, year: int, today: date) -> Dates | None:
    """The days until, earlier or later than those that were named before what is asked."""
    named = _spans_in(before, year, today) or [edge for edge in [_edge(before, year)] if edge]
    if not named:
        return None
    (first, last), starts = named[0], bool(_BEGINS.search(asked))
    if compared["by"]:
        return Dates(None, last, starts)
    if compared["earlier"]:
        return Dates(None, first - timedelta(days=1), starts)
    return Dates(last + timedelta(days=1), None, starts)


def _limits(low: str, year: int, today: date) -> Dates | None:
    if _THAT_DAY.search(low) and (named := _spans_in(low, year, today)):
        return Dates(*named[0], starts=bool(_BEGINS.search(low)))
    found = _as_said(low, year, today)
    if found is None:
        return None
    if _NO_WHOLE_YEAR.search(low):
        return found
    if not found.starts and _GOES_ON.search(low) and (found.first or not _UNTIL.search(low)):
        return replace(found, running=True)
    return _denied(found) if _DENIED.search(low) and not _NOT_UNTIL.search(low) else found


# A day that something has as its own, whatever is said of earlier ones: "1 mars som startdatum och inte tidigare".
_THAT_DAY = re.compile(
    r"\b(?:som|as)(?: (?:their|its|an?|the))? (?:start|slut|end|due|finish)(?:ing)?[- ]?(?:dag|day|dat(?:e|um))\b"
    r"|\b(?:inte|ej|not) (?:tidigare|före|innan|earlier|before)(?= ?(?:[,?.!]|$))"
)


def _denied(dates: Dates) -> Dates:
    """All other days than some: what is not done by June is so later."""
    if dates.first is None and dates.last:
        return replace(dates, first=dates.last + timedelta(days=1), last=None)
    if dates.last is None and dates.first:
        return replace(dates, first=None, last=dates.first - timedelta(days=1))
    return replace(dates, outside=True)


# That something does not begin or end then, or that it does so at another time.
_OF_DAYS = rf"(?:{_BEGINS.pattern}|{_ENDS.pattern})"
_DENIED = re.compile(
    rf"{_NOT} (?:\w+ ){{0,3}}?{_OF_DAYS}|{_OF_DAYS} (?:\w+ )?{_NOT}(?! (?:senare|later))"
    r"|\b(?:annat|annan|andra|other|another|different)\b(?: \w+){0,3} (?:än|than|from)\b"
)


def _as_said(low: str, year: int, today: date) -> Dates | None:
    starts = bool(_BEGINS.search(low) or _ALREADY_BEFORE.search(low))
    days = _from_today(low, today) or _spans_in(low, year, today)
    if not days:
        return Dates(None, today - timedelta(days=1), starts) if _OVERDUE.search(low) else _of_edge(low, year, starts)
    before, after = _BEFORE.search(_BEFORE_EDGE.sub(" ", low)), _AFTER.search(low)
    until = _UNTIL.search(low) and not _FROM_DAY.search(low)
    first, last = days[0]
    if len(days) > 1 and not (before or after or until):
        return Dates(first, max(last for _, last in days), starts)  # "i augusti eller september"
    if _NOT_UNTIL.search(low):
        return Dates(first, None, starts)
    if before and first == last:  # to a plan "before 30 June" takes the day itself along: it is the last of its month
        return Dates(None, last if _is_month_end(last) else last - timedelta(days=1), starts)
    if before:
        return Dates(None, first - timedelta(days=1), starts)
    if until:
        return Dates(None, max(last for _, last in days) if _OR.search(low) else last, starts)
    if after:
        return Dates(last + timedelta(days=1), None, starts)
    if _NEWLY.search(low) and _SINCE.search(low):
        return Dates(first, last, True)
    return Dates(first, None if _FROM.search(low) else last, starts)


_OR = re.compile(r"\b(?:or|eller)\b")
# A point of the year beside which a day is named: "före midsommar, alltså senast 19 juni".
_BEFORE_EDGE = re.compile(rf"{_BEFORE.pattern} (?:the )?(?:{'|'.join(_EDGES)})\b")


def _of_edge(low: str, year: int, starts: bool) -> Dates | None:
    """The limit that a point of the year sets, or else a whole year."""
    if _NO_WHOLE_YEAR.search(low):
        return Dates(None, date(year, 12, 30))
    if _BEFORE_YEAR_BEGAN.search(low):
        return Dates(None, date(year - 1, 12, 31), starts=True)
    edge = _edge(low, year)
    if edge is None:
        return _of_year(low, starts)
    day, end = edge
    if _EARLIER_THAN_SAID.search(low):
        return Dates(None, day - timedelta(days=1), starts)
    if _NOT_UNTIL.search(low) and day < end:
        return Dates(day, None, starts)
    if _ALREADY_BEFORE.search(low) and day.month == 12:  # the turn of the year that the plan's own begins with
        return Dates(None, date(year - 1, 12, 31), starts)
    if _BEFORE.search(low):
        return Dates(None, day if day.month == 6 and day.day > 1 else day - timedelta(days=1), starts)
    if _AFTER.search(low) or (_GOES_ON.search(low) and _OVER.search(low)):
        return Dates(end + timedelta(days=1), None, starts)
    return Dates(None, day, starts) if _AT.search(low) else None


_OVER = re.compile(r"\b(?:över|over|into|in på|in i)\b")


def _of_year(low: str, starts: bool) -> Dates | None:
    """The limit that a whole year sets: from it on, before or after it, in it."""
    late = _NOT_UNTIL.search(low)
    from_year = _YEAR_SAID.search(low) if late else _INTO_YEAR.search(low) if _GOES_ON.search(low) else None
    if from_year and not (late and _AFTER_YEAR.search(low)):
        return Dates(date(int(from_year[1]), 1, 1), None, starts)
    if before := _BEFORE_YEAR.search(low):
        return Dates(None, date(int(before[1]) - 1, 12, 31), starts)
    if after := _AFTER_YEAR.search(low):
        return Dates(date(int(after[1]) + 1, 1, 1), None, starts)
    if (_ENDS.search(low) or _BEGINS.search(low)) and _UNTIL.search(low) and (by := _BY_YEAR.search(low)):
        return Dates(None, date(int(by[1]), 12, 31), starts)
    during = _IN_YEAR.search(low) if any(each.search(low) for each in (_ENDS, _BEGINS, _GOES_ON)) else None
    return Dates(date(int(during[1]), 1, 1), date(int(during[1]), 12, 31), starts) if during else None


# What a year stands after: "till och med år 2025", "förrän nån gång i 2025".
_TO_YEAR = rf"(?: (?:till|än|i|in|under|år|året|the|year|(?:nån|någon) gång|sometime))* ({_YEAR})\b"
_YEAR_SAID = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")
_INTO_YEAR = re.compile(rf"\b(?:into|in i|in på){_TO_YEAR}")
_BEFORE_YEAR, _AFTER_YEAR = (re.compile(f"{word.pattern}{_TO_YEAR}") for word in (_BEFORE, _AFTER))
_BY_YEAR = re.compile(rf"\b(?:senast|by|until|till|med|than|{_ENDS.pattern}){_TO_YEAR}")
_IN_YEAR = re.compile(rf"\b(?:in|during|under|i|av|{_ENDS.pattern}) (?:(?:nån|någon) gång )?(?:år )?({_YEAR})\b")


def _edge(low: str, year: int) -> Days | None:
    """A point of the year that a text names: the day before or at which things are due, and the one they are after."""
    if named := _END_OF_YEAR.search(low):
        return (date(int(named[1]), 12, 31),) * 2
    return next(_of_phrases(_EDGES, low, year), None)


_END_OF_YEAR = re.compile(rf"\b(?:end of|slutet (?:av|på)|utgången av) ({_YEAR})\b")


def _from_today(low: str, today: date) -> list[Days]:
    """The days that a text in small letters counts from today, [] for none."""
    if (ahead := _AHEAD.search(low)) and (ahead["n"] or ahead["unit"].startswith("hal")):
        n = number_of(ahead["n"] or "one")
        days, months = next((d, m) for start, d, m in _UNITS if ahead["unit"].startswith(start))
        return [(today, _months_on(today, n * months) + timedelta(days=n * days))]
    if named := _NOW_OR_NEXT.search(low):
        if named["unit"].startswith("m"):
            first = _months_on(today.replace(day=1), bool(named["next"]))
            return [(first, _month_end(first.year, first.month))]
        monday = today + timedelta(days=7 * bool(named["next"]) - today.weekday())
        return [(monday, monday + timedelta(days=6))]
    if (day := _DAY.search(low)) and _DUE.search(low):
        return [(today + timedelta(days=bool(day["next"])),) * 2]
    return []


def _months_on(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it has none."""
    month = day.month + months
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day.day, _month_end(year, month).day))


def _spans_in(low: str, year: int, today: date) -> list[Days]:
    """The spans of days that a text in small letters names, in order: days, months, quarters, tertials, seasons."""
    if quarter := _QUARTER.search(low):
        told = quarter["n"] or _QUARTERS.get(quarter["th"])
        n = int(told or (today.month + 2) // 3)
        return [(date(year, 3 * n - 2, 1), _month_end(year, 3 * n))]
    if tertial := _TERTIAL.search(low):
        n = int(tertial[1])
        return [(date(year, 4 * n - 3, 1), _month_end(year, 4 * n))]
    if week := _WEEK.search(low):
        first, last = (_monday(year, int(n)) for n in (week["n"], week["last"] or week["n"]))
        return [(first, last + timedelta(days=6))]
    if months := _MONTHS.search(low):
        n = min(12, number_of(months["n"]) or 1)
        return [
            (date(year, 1, 1), _month_end(year, n)) if months["first"] else (date(year, 13 - n, 1), date(year, 12, 31))
        ]
    return _dated(low, year) or list(_of_phrases(_SPANS, low, year))[:1]


_QUARTER = re.compile(
    rf"\b(?:(?:q ?|kv\.? ?|kvartal |quarter )(?P<n>[1-4])|(?:(?P<th>{'|'.join(_QUARTERS)})|detta|this)"
    r" (?:kvartal\w*|quarter))\b"
)
_WEEK = re.compile(
    r"\b(?:vecka|v\.?|weeks?) ?(?P<n>[1-9]|[1-4]\d|5[0-2])(?: ?[-–] ?(?P<last>[1-4]?\d|5[0-2]))?\b(?! (?:of|i) )"
)
_TERTIAL = re.compile(r"\b(?:tertial |t)([123])\b")
_MONTHS = re.compile(rf"\b(?:(?P<first>första|first)|sista|last) (?P<n>{_NUMBER}|\d\d?) (?:månaderna|months)\b")


def _monday(year: int, week: int) -> date:
    return date.fromisocalendar(year, week or 1, 1)


def _of_phrases(phrases: Mapping[str, tuple[_OfYear, _OfYear]], low: str, year: int) -> Iterator[Days]:
    """The days of a year that phrases stand for which a text says."""
    for phrase, (first, last) in phrases.items():
        if re.search(rf"\b(?:{phrase})\b", low):
            yield date(year, *first), date(year, *last)


def _month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def _is_month_end(day: date) -> bool:
    return day == _month_end(day.year, day.month)


def _is_auxiliary(month: str | None, before: str) -> bool:
    """True for "may" that is no month: "May we lower it?", not "due in May"."""
    return month == "may" and not re.search(
        r"\b(?:in|of|by|until|before|after|during|since|senast|efter)(?: late| early)? $", before
    )


def _dated(low: str, year: int) -> list[Days]:
    """The days and months a text names, each as its first and last day, in order."""
    found: list[tuple[int, date, date]] = []
    found += [(low.index(day.isoformat()), day, day) for day in dates_in(low) if day.isoformat() in low]
    taken: list[tuple[int, int]] = []
    for pattern in (
        rf"\b(?P<a>\d{{1,2}})(?:e|:e)? ?[-–] ?(?P<d>\d{{1,2}})(?::e)? (?P<m>{_MONTH})\b(?:,? (?P<y>\d{{4}}))?",
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
            month = int(groups["n"]) if groups.get("n") else MONTH_NUMBER[groups["m"]]
            of = int(groups.get("y") or year)
            if not 1 <= month <= 12:
                continue
            try:
                first = date(of, month, int(groups.get("a") or groups.get("d") or 1))
                last = date(of, month, int(groups["d"])) if groups.get("d") else _month_end(of, month)
            except ValueError:
                continue
            if first <= last:
                found.append((m.start(), first, last))
                taken.append(m.span())
    return [(a, b) for _, a, b in sorted(found)]


# A thing's place in a row, in words.
PLACES = (
    ("första", "first", "1:a"), ("andra", "second", "2:a"), ("tredje", "third", "3:e"), ("fjärde", "fourth", "4:e"),
    ("femte", "fifth", "5:e"), ("sjätte", "sixth"), ("sjunde", "seventh"), ("åttonde", "eighth"), ("nionde", "ninth"),
    ("tionde", "tenth"),
)  # fmt: skip
