"""Whether a sentence that a model wrote is held by the quotes it cites: its dates, numbers in words, names, addresses,
negation, direction and most of its words. Figures are `verify`'s.

It fails closed: what can't be told to be held is taken as not held, so a good sentence may be lost and a quote stands
in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.source import Span
from ingest.values import MONTHS
from retrieval.language.direction import tends
from retrieval.language.lexicon import Lexicon
from retrieval.language.sentences import sentences_in
from retrieval.language.swedish import STOP_WORDS, Language, known, parts, spans, stem, terms, tokens
from retrieval.model.verify import figures

_HELD = 0.7  # the share of a sentence's words that its quotes must hold
_PART = 5  # letters of a word that is told in a longer one
_UNJUDGED = 0.35  # what an English word counts that the lexicon can't lead to a Swedish one

# --- dates

_ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december")  # fmt: skip
_MONTHS = {name: n for names in (MONTHS, _ENGLISH) for n, name in enumerate(names, 1)}
_SHORT = {name[:3]: n for name, n in _MONTHS.items() if name != "may"}
_MONTH = "|".join(sorted({*_MONTHS, *_SHORT}, key=len, reverse=True))
_DATES = (
    re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<n>\d{2})(?:-(?P<d>\d{2}))?(?!\d)"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|:e|:a|\.)?(?: of)? (?P<m>{_MONTH})\b\.?(?:,? (?P<y>\d{{4}}))?",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<m>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y>\d{{4}}))?", re.IGNORECASE),
    re.compile(r"(?<![\d/])(?P<d>\d{1,2})/(?P<n>\d{1,2})(?![\d/])(?: (?P<y>\d{4}))?"),
    re.compile(rf"\b(?P<m>May|(?i:{'|'.join(name for name in _MONTHS if name != 'may')}))\b(?: (?P<y>\d{{4}}))?"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is said: a day or a month, with or without its year, and where in the text."""

    year: int | None
    month: int
    day: int | None
    start: int
    end: int

    def within(self, other: Day) -> bool:
        """Whether another date says all that this one does."""
        return (
            self.month == other.month
            and self.day in (None, other.day)
            and (self.year is None or other.year in (None, self.year))
        )


def days(text: str) -> list[Day]:
    """The dates in a text, in figures or words, Swedish or English."""
    found: list[Day] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if any(day.start < match.end() and match.start() < day.end for day in found):
                continue
            groups = match.groupdict()
            name = (groups.get("m") or "").casefold()
            month = int(groups["n"]) if groups.get("n") else _MONTHS.get(name) or _SHORT[name]
            day = int(groups["d"]) if groups.get("d") else None
            if 1 <= month <= 12 and (day is None or 1 <= day <= 31):
                found.append(Day(int(groups["y"]) if groups.get("y") else None, month, day, *match.span()))
    return sorted(found, key=lambda day: day.start)


def _undated(text: str) -> str:
    """A text without its dates, which are compared by themselves."""
    for day in reversed(days(text)):
        text = f"{text[: day.start]} {text[day.end :]}"
    return text


def dated_as(sentence: str, quotes: Sequence[str]) -> str:
    """A sentence with its whole dates written as the quotes write them: "15 March 2026" as 2026-03-15."""
    whole = {quote[d.start : d.end]: d for quote in quotes for d in days(quote) if d.year and d.day}
    written = sentence
    for day in reversed(days(sentence)):
        if day.year and day.day and sentence[day.start : day.end] not in whole:
            same = next(
                (w for w, d in whole.items() if (d.year, d.month, d.day) == (day.year, day.month, day.day)), None
            )
            written = f"{written[: day.start]}{same}{written[day.end :]}" if same else written
    return written


# --- numbers in words

_WORDED = {
    "0": "noll zero", "2": "två tvenne bägge båda two both", "3": "tre three", "4": "fyra four", "5": "fem five",
    "6": "sex six", "7": "sju seven", "8": "åtta eight", "9": "nio nine", "10": "tio tiotal tiotals ten",
    "11": "elva eleven", "12": "tolv dussin twelve dozen dozens", "13": "tretton thirteen", "14": "fjorton fourteen",
    "15": "femton fifteen", "16": "sexton sixteen", "17": "sjutton seventeen", "18": "arton eighteen",
    "19": "nitton nineteen", "20": "tjugo tjugotal twenty", "30": "trettio thirty", "40": "fyrtio forty",
    "50": "femtio fifty", "60": "sextio sixty", "70": "sjuttio seventy", "80": "åttio eighty", "90": "nittio ninety",
    "100": "hundra hundratal hundratals hundred hundreds", "1000": "tusen tusental tusentals thousand thousands",
    "1/2": "hälften halva halv halverad halveras halvera half halved halve", "1/3": "tredjedel tredjedelar third",
    "1/4": "fjärdedel fjärdedelar kvartal quarter quarters", "x3": "tredubblas trefaldigt triple tripled",
    "x2": "dubbelt dubbla dubblas fördubbla fördubblas fördubblad fördubbling double doubled doubles twice",
}  # fmt: skip
_COUNTS = {word: value for value, words in _WORDED.items() for word in words.split()}
_LARGE = re.compile(r"hundra|tusen\b|tusen\w*(?:hundra|tio)|hundred|thousand")
_TENS = re.compile(r"^(tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)(\w+)$")


def _counts(text: str) -> set[str]:
    """The numbers that a text says in words."""
    found = set()
    for word in tokens(text):
        if _LARGE.search(word) and word not in _COUNTS:
            found.add(word)
        elif (tens := _TENS.match(word)) and tens[2] in _COUNTS:
            found.add(str(int(_COUNTS[tens[1]]) + int(_COUNTS[tens[2]])))
        elif word in _COUNTS:
            found.add(_COUNTS[word])
    return found


# --- names, addresses

_ADDRESS = re.compile(r"https?:\S+|www\.\S+|\S+@\S+|\b[\w-]+\.(?:se|com|org|net|nu|eu|io|gov|info)\b\S*", re.IGNORECASE)


def _names(sentence: str, spoken: Language) -> list[str]:
    """The words of a sentence that are names by their capitals; its first only where it is like no other word."""
    found = []
    words = list(spans(sentence))
    for n, token in enumerate(words):
        written = sentence[token.start : token.end]
        first = n == 0 or re.search(r"[.?!:”\"(]\s*$", sentence[: token.start]) is not None
        if not written[0].isupper() or len(written) == 1:
            continue
        if first and not written.isupper():
            if spoken == "sv":
                plain_word = token.text in STOP_WORDS or known(token.text) or bool(parts(token.text))
            else:
                after = words[n + 1] if n + 1 < len(words) else None
                plain_word = written.isascii() and not (after and sentence[after.start].isupper())
            if plain_word or token.text in STOP_WORDS:
                continue
        found.append(token.text)
    return found


# --- what is claimed

_NOT = re.compile(
    r"\b(?:inte|ej|icke|ingen\w*|inget|inga|aldrig|varken|saknas?|upphör\w*|avvecklas?|not|no|nobody|neither|never|none|nothing|lacks?|missing|"
    r"cannot|without|utan|discontinued|closed?)\b|n['’]t\b",
    re.IGNORECASE,
)


def holds(sentence: str, quotes: Sequence[str], around: Iterable[str], spoken: Language, lexicon: Lexicon) -> bool:
    """True where the quotes that a sentence cites hold what it says.

    `around` are words that may be said though they stand beside the quotes: headings, table and column names, the
    plan's own name.
    """
    beside = " ".join(around)
    every = " ".join((*quotes, beside))
    held = [day for text in (*quotes, beside) for day in days(text)]
    if not all(any(day.within(other) for other in held) for day in days(sentence)):
        return False
    written = {number for number, _ in figures(every)} | _counts(every)
    if not _counts(sentence) <= written:
        return False
    if any(address.rstrip(".,;)") not in every for address in _ADDRESS.findall(sentence)):
        return False
    has = _terms(every)
    if not all(_named(name, has, spoken, lexicon) for name in _names(_undated(sentence), spoken)):
        return False
    if not _alike(sentence, quotes) or not _placed(sentence, quotes, spoken, lexicon):
        return False
    return _share(sentence, has, spoken, lexicon) >= _HELD


def _terms(text: str) -> frozenset[str]:
    return frozenset(term for term, _ in terms(text)) | frozenset(tokens(text))


def _named(name: str, has: frozenset[str], spoken: Language, lexicon: Lexicon) -> bool:
    if name in has or stem(name) in has or name.removesuffix("s") in has:
        return True
    if len(name) > _PART and any(stem(name) in term for term in has):  # the head of a compound: "påslaget"
        return True
    return spoken == "en" and any(_led_to(each.targets, has) for each in lexicon.expand(name, "en") if each.weight == 1)


def _led_to(targets: Iterable[str], has: frozenset[str]) -> bool:
    """True where one of the plan's words that a phrase may stand for is there, whole."""
    return any(
        all(stem(word) in has for word in words)
        for target in targets
        if (words := [word for word in tokens(target) if word not in STOP_WORDS])
    )


def _alike(sentence: str, quotes: Sequence[str]) -> bool:
    """True where a sentence denies and compares as the nearest sentence of its quotes does."""
    said = _terms(sentence)
    pieces = [quote[s.start : s.end] for quote in quotes for s in sentences_in(quote, (Span(0, len(quote)),))]
    nearest = max(pieces, key=lambda piece: len(said & _terms(piece)) / (8 + len(_terms(piece))), default="")
    if bool(_NOT.search(sentence)) != bool(_NOT.search(nearest)):
        return False
    every = " ".join(quotes)
    if any(re.search(rf"{other} {re.escape(name)}", every, re.IGNORECASE) for name, other in _from_or_to(sentence)):
        return False
    return tends(sentence) <= tends(every) | {"stays"}


def _from_or_to(sentence: str) -> Iterator[tuple[str, str]]:
    """The names that a sentence leads from or to, each with the words that would lead the other way."""
    for found in re.finditer(r"\b(från|from|till|to) ([A-ZÅÄÖ]\w+)", sentence):
        yield found[2], r"\b(?:till|to)" if found[1] in ("från", "from") else r"\b(?:från|from)"


_APART = re.compile(r",(?!\d)|[;:()]|(?<!-) (?:och|and) |\b(?:samt|varav|of which)\b")


def _placed(sentence: str, quotes: Sequence[str], spoken: Language, lexicon: Lexicon) -> bool:
    """True where figures and names are said of what the quotes say them of: no other clause comes nearer."""
    there = [(clause, _terms(clause), _marks(clause)) for quote in quotes for clause in _clauses(quote)]
    for clause in _clauses(sentence):
        said = _terms(clause) | (_led(clause, lexicon) if spoken == "en" else frozenset())
        for kind, mark in _marks(clause):
            if kind == "name" and not any((kind, mark) in marks for _, _, marks in there):
                continue  # whether it may be said is told by itself
            others = {term for term in said - STOP_WORDS - _terms(mark) if not term[0].isdigit()}
            near = [
                (sum(_telling(term, words) for term in others & has), (kind, mark) in marks)
                for words, has, marks in there
                if any(each == kind for each, _ in marks)
            ]
            best = max((shared for shared, _ in near), default=0)
            if best and not any(same for shared, same in near if shared == best):
                return False
    return all(_counted(sentence, quote, spoken, lexicon) for quote in quotes) if len(quotes) == 1 else True


def _marks(clause: str) -> set[tuple[str, str]]:
    """The figures and names of a clause, each with its kind: a unit, or that it is a name."""
    found = {(unit, number) for number, unit in figures(clause) if not (_is_year(number, unit) and number in clause)}
    found |= {("", number) for number in _counts(clause) if number.isdigit()}
    capital = [word for word in spans(clause) if clause[word.start].isupper() and word.text not in STOP_WORDS]
    return found | {("name", stem(word.text)) for word in capital if word.start or not known(word.text)}


def _telling(term: str, clause: str) -> int:
    """How much a word tells one clause from another: long words are rare, names are one of a kind."""
    return len(term) * (3 if re.search(rf"\b{re.escape(term.capitalize())}", clause) else 1)


def _led(text: str, lexicon: Lexicon) -> frozenset[str]:
    targets = (target for each in lexicon.expand(text, "en") for target in each.targets)
    return frozenset(stem(word) for target in targets for word in tokens(target))


_FAR = 6  # words between a number and what it counts, at most
_MEASURES = frozenset(["mnkr", "tkr", "kr", "kronor", "procent", "percent", "per", "cent"])


def _counted(sentence: str, quote: str, spoken: Language, lexicon: Lexicon) -> bool:
    """True where what follows a number is what stands beside it in the quote: "seven of ten", "twelve participants"."""
    plain = _undated(sentence)
    said, held = list(spans(plain)), list(spans(_undated(quote)))
    values = [_value(token.text) for token in held]
    for n, token in enumerate(said):
        value = _value(token.text)
        after = [t for t in said[n + 1 : n + 5] if t.text not in STOP_WORDS and t.text not in _MEASURES]
        if value is None or value not in values or not after or _APART.search(plain, token.end, after[0].start):
            continue
        if (other := _value(after[0].text)) is not None:
            if not any(v == value and other in values[k + 1 : k + 4] for k, v in enumerate(values)):
                return False
            continue
        counted = _terms(after[0].text) | (_led(after[0].text, lexicon) if spoken == "en" else frozenset())
        places = [k for k, each in enumerate(held) if counted & _terms(each.text)]
        before = [next((v for v in reversed(values[max(0, k - _FAR) : k]) if v), None) for k in places]
        behind = [next((v for v in values[k + 1 : k + _FAR] if v), None) for k in places]
        if any((*before, *behind)) and value not in (*before, *behind):
            return False
    return True


def _value(word: str) -> str | None:
    """The number that a word is."""
    if word[0].isdigit():
        return None if re.fullmatch(r"(?:19|20)\d\d", word) else word.replace(",", ".")
    return _COUNTS.get(word)


def _clauses(text: str) -> list[str]:
    """The parts of a sentence between commas and the like; one that is little but a figure goes with the one before."""
    found: list[str] = []
    for part in _APART.split(_undated(text)):
        telling = [word for word in tokens(part) if word[0].isalpha() and len(word) > 3 and word not in STOP_WORDS]
        alone = all(word in ("mnkr", "procent", "kronor", "percent") for word in telling)
        if found and alone and not figures(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def _is_year(number: str, unit: str) -> bool:
    return not unit and re.fullmatch(r"(?:19|20)\d\d(?:-\d\d-\d\d)?", number) is not None


def _share(sentence: str, has: frozenset[str], spoken: Language, lexicon: Lexicon) -> float:
    """The share of what a sentence says that its quotes hold, by its telling words and those they lead to."""
    total = there = 0.0
    led = [
        (each.start, each.end, _led_to(each.targets, has), each.weight)
        for each in lexicon.expand(sentence, spoken)
        if each.weight >= (0.9 if spoken == "en" else 0.6)
    ]
    for token in spans(sentence):
        if token.text in STOP_WORDS or not token.text[0].isalpha() or token.text in _SAYING:
            continue
        itself = any(weight >= 0.5 and term in has for term, weight in terms(token.text)) or token.text in has
        phrases = [found for start, end, found, _ in led if start <= token.start < end]
        judged = spoken == "sv" or bool(phrases) or itself or not token.text.isascii()
        weight = 1.0 if judged else _UNJUDGED
        total += weight
        there += weight * (itself or any(phrases))
    return there / total if total else 0.0


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Words that say of a plan that it says something.
_SAYING = _words(
    """
    plan planen plans verksamhetsplan verksamhetsplanen operational quote citatet källan say says said state states
    stated according means säger står framgår anger anges enligt innebär
    """
)
