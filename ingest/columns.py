"""A flattened header divided into the names of its columns.

A header is left as words: "Verksamhet, mnkr Kostnader Intäkter NettoVP 2026 VP 2025 Omslutnings- / förändring". How
many columns there are is mostly known from the rows; of all ways to divide the words into so many names the likeliest
is taken.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.values import MONTHS, mended, whole_name

_MONTHS = "|".join(month.capitalize() for month in MONTHS)
_MONTH = rf"(?:{_MONTHS}|Jan|Feb|Apr|Aug|Sep|Sept|Okt|Nov|Dec)\.?(?: ?\d{{4}})?"
_A_MONTH = rf"(?i:{_MONTHS}|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\.?"
# The part of a year that a column is of: "helår", "jan–jun", "första halvåret", "T1".
_PART = (
    rf"(?i:helår(?:et)?|(?:(?:första|andra) )?halvår(?:et)?|(?:per )?{_A_MONTH}(?: ?[-–] ?{_A_MONTH})?|per|[TH][123]|"
    r"(?:tertial|kvartal) ?[1-4])"
)
_AGES = r"\d{1,2}(?:[-–]\d{1,2})? år(?: (?:och|eller) (?:äldre|yngre))?"
_AGE = re.compile(_AGES)
_PLAN = (
    r"(?:VP|VB|Budget|Bokslut|Utfall|Prognos|Plan|Flerårsplan|Förslag|Mål|Målvärde|Ram|Snitt|Pris|Avgift|Ersättning|"
    r"Volym|(?:Helårs)?[Ee]ffekt|Utgift|Kostnad|Intäkt|Delår|T[123])[a-zåäö]*"
)
_KNOWN = re.compile(
    rf"(?:Netto ?|Summa |Totalt? )?{_PLAN}(?: {_PART})?(?: ?\d{{4}})?(?: ?\([^)]*\))?"
    rf"|{_MONTH}|(?=[A-ZÅÄÖ]){_PART} \d{{4}}"
    rf"|(?:Kostnader|Intäkter|Netto|Nettobudget|Nettokostnad|Nettobelopp|Belopp|Inkomst(?:er)?)(?: {_PART})?"
    r"(?: (?:VP|VB))?(?: \d{4})?(?:, (?:mnkr|tkr|mkr|kr))?"
    r"|Avvikelse|Differens|(?:Förä|Ä)ndring|Anslag|Andel|20\d\d,? \(?(?:mnkr|tkr|mkr|kr|st|antal)\)?"
    r"|Antal(?: [a-zåäö]+)?|Summa|Totalt?(?: \d{4})?|Flickor|Pojkar|Kvinnor|Män|Barn|Per"
    r"|Personer|Hushåll|Timmar|Platser|Elever|Invånare"
    r"|Yta(?:,? \(?(?:kvm|m2|m²)\)?)?"
    rf"|{_AGES}"
    r"|Enhet|Kommentar|Anmärkning|Ansvarig|Avser|Bilaga|Status"
    rf"|Omslutnings-? ?förändring(?:ar)?(?: {_PART})?(?: \([a-z]+\))?"
    r"|(?:[Vv]ar|[Dd]är)av (?:[a-zåäö]+(?:/[a-zåäö]+)?|\d+(?:[-–]\d+)? år(?: (?:och|eller) äldre)?)"
    r"|(?:KF:?s|Kommunfullmäktiges|Nämndens|Stadens|Kommunens) (?:års)?mål(?: \d{4})?|Årsmål(?: \d{4})?"
    r"|Periodens utfall|Periodicitet|Mätperiod|Startdatum|Slutdatum|Start|Slut|Klart|Indikator(?:er)?|Aktivitet(?:er)?",
)
_YEAR_FIRST = re.compile(r"\d{4} [A-ZÅÄÖ][a-zåäö]+(?: [a-zåäö]+)*(?: \([^)]*\))?")
_YEAR_AFTER = re.compile(
    r"(?!Enhet|Mått|Typ|Sort|Per )[A-ZÅÄÖ][a-zåäö]+(?: [a-zåäö]+){0,2}(?: VP| VB)? (?:19|20)\d\d(?:,? [a-zåäö]+)?"
)
_NUMERIC = re.compile(
    r"\b(?:Kostnad(?:er)?|Intäkt(?:er)?|Netto\w*|VP|VB|Budget|Bokslut|Utfall|Prognos|Omslutnings\w*|Förändring|Ändring|Differens|"
    r"Avvikelse|Snitt|varav|därav|Antal|Belopp|Summa|Totalt?|Kvinnor|Män|Flickor|Pojkar|Andel|Pris(?:er)?|Avgift|Ersättning|"
    r"Anslag|Volym(?:er)?|Utgift(?:er)?|Inkomst(?:er)?|Årsarbetare|Anställda|Platser|"
    r"(?:per|om) (?:år|året|månad|termin)|20\d\d)\b|\((?:mnkr|tkr|kr|st|%)\)|\b(?:mnkr|tkr|mkr|kr|kronor)\b",
    re.IGNORECASE,
)
_AMOUNTS = re.compile(
    r" (?:Kostnader|Intäkter|Netto|VP|VB|Budget|Bokslut|Utfall)\b|, (?:mål|budget|bokslut|utfall|prognos|plan)\b"
)
# Two columns' names, which one column's name never is.
_SEVERAL = re.compile(
    r"\b(?:Kostnader|Intäkter|Netto|VP|VB|Budget|Bokslut|Utfall|Prognos|Volym|Kvinnor|Män|Flickor|Pojkar)\b.*"
    r"\b(?:Kostnader|Intäkter|Netto|VB|Bokslut|Utfall|Prognos|Volym|Kvinnor|Män|Flickor|Pojkar)\b"
    r"|\S (?:[Vv]ar|[Dd]är)av "
)
_DANGLING = re.compile(
    r"(?:,|-|/| (?:och|i|per|av|för|inför|till|mot|på|med|vid|inom|från|över|(?:var|där)av|samt))$|^(?:var|där)av$",
    re.IGNORECASE,
)
_NOTED = re.compile(r"([^()]*\w)(?: \([^()]*\)|, (?:prognos|mål|utfall|budget|plan|bokslut|antal))")
# Words that a name follows in the same cell.
_BINDS = re.compile(r"Norra|Södra|Östra|Västra|Nya|Gamla|Stora|Lilla|(?i:till|från|i|av|för|på|med|vid)")
_OF_WHOLE = re.compile(r"(?:var|där)av$", re.IGNORECASE)
_WHOLE = re.compile(  # "Gäller till" and "Avtal till" are columns' whole names
    r"[A-ZÅÄÖ]\w*[rs] (?:till|av|från|med|på|i)|(?:\w*[Aa]vtal|\w*[Kk]ontrakt|Tid|Period) (?:till|från|med)"
)
_OF_ROW = re.compile(r"\d,\d(?! ?%)|(?<![\d,.])\d{1,3} \d{1,2}(?![\d,.–-])")  # figures that no header has
# Columns of streets and houses, and how the names of streets end.
ADDRESSES = frozenset(("Adress", "Gatuadress", "Besöksadress"))
STREET = re.compile(r"\w(?:gatan?|väg(?:en)?|stigen|gränd(?:en)?|torg(?:et)?|backen|allén?|kajen|plan)$")
# Words that a number follows in the same cell.
_LEADS = re.compile(
    r"(?<!varje)(?<!\bper) (?:efter|under|minst|högst|lägst|max|ca|cirka|än|inom|dag|årskurs|åk|klockan|kl|nr|etapp|"
    r"omgång|(?-i:Index)|[<>≥≤±])\.?$|\b(?:tertial|delårs)rapport$|, (?:plan|vån(?:ing)?|hus|trapp(?:a|or)?)\.?$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:Verksamhet(?:er|sområden?|sområde)?|(?:Resultat)?[Ee]nhet(?:er)?(?: 20\d\d)?|"
    r"Insats(?:er)?|Drift|Investering(?:ar)?|Parkinvesteringar|"
    r"Projekt|Område|Lokal(?:er)?|Objekt|Åtgärd(?:er)?|Ansökan|Tjänst|Avgift|Månad(?: 20\d\d)?|Nämnd|Avdelning|"
    r"Förskola|(?:Budget)?[Pp]ost|Mnkr|Tkr|Kr|"
    r"Indikator(?:er)?|Aktivitet(?:er)?|Antal [a-zåäö ]+(?:, (?:prognos|utfall|budget) \d{4})?|"
    r"(?:Pris(?:er)?|Avgift(?:er)?|Taxa|Ersättning|Hyra) (?:för|vid|till) [a-zåäö -]+|"
    r"(?:Pris(?:er)?|Avgift(?:er)?|Taxa|Hyr(?:a|or))(?: [A-ZÅÄÖ]?[a-zåäö]+){1,4}, kr(?:onor)? per [a-zåäö ]+|"
    r"(?:Volym(?:er)?|Pris(?:er)?|Avgift(?:er)?|Taxa|Ersättning(?:ar)?|Hyr(?:a|or))(?: [A-ZÅÄÖ]{2,5}| [a-zåäö]+){0,5}"
    r"(?:, (?:antal [a-zåäö ]+|kr(?:onor)?(?: per [a-zåäö ]+)?))?|"
    r"[A-ZÅÄÖ][a-zåäö]+(?: [a-zåäö]+)*,? per [a-zåäö -]+)"
    r"(?: 20\d\d(?=, (?:mnkr|tkr|mkr|kr)$))?(?:, \w+)?(?:,? (?:mnkr|tkr|kr|mkr|antal))?(?: \([^)]*\))?",
)
# A price, its years or ages.
_PER = re.compile(rf"[A-ZÅÄÖ][a-zåäö]+(?: [a-zåäö]+)*,? per [a-zåäö ]+(?:(?:(?:19|20)\d\d|{_AGES}) ?)+$")
_YEARS_LAST = re.compile(r"[A-ZÅÄÖ][^\d.:;]{2,80} (?:(?:19|20)\d\d ?){2,}$")
_CAPTION = re.compile(r"(?:^(?:Alla )?[Bb]elopp(?: anges)? i|^\S+[^A-ZÅÄÖ]* per [^,]+,) \(?(?:mnkr|tkr|mkr|kr)\)?$")
_TITLE = re.compile(r"(?:Tabell|Tab\.|Diagram|Figur) \d{1,3}(?:\.\d{1,2})?(?:[.:]| [–—-]|(?= [A-ZÅÄÖ]))")
# Years under the names above them, and what the labels are called before them.
_UNDER = re.compile(r"(?P<label>[^\d]+ )?(?P<years>(?:(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)? ?){2,})")
_BARE = ("mnkr", "tkr", "kr", "mkr", "st", "%")  # units, which seldom are a column's whole name
_SHORT = re.compile(r"(?:^| )(?:[A-ZÅÄÖ][a-zåäö]{1,6}|jan|feb|apr|aug|sept?|okt|nov|dec)\.$")
_UNLIKELY = 6.0
# A word, ended too where a capital or a year is glued to it.
_WORD = re.compile(r"\S+?(?:(?<=[a-zåäö]{3})(?=[A-ZÅÄÖ]|(?:19|20)\d\d)|(?<=(?:19|20)\d\d)(?=[A-ZÅÄÖ])|(?=\s)|$)")


def is_numeric(words: str) -> bool:
    """True where a column's name, or a whole header, speaks of amounts."""
    return _NUMERIC.search(words) is not None


def like_header(words: str) -> bool:
    """True where words could be a header: they speak of amounts, and most have a capital, a digit or a parenthesis."""
    if (
        not is_numeric(words)
        or _OF_ROW.search(words)
        or not re.match(r"[A-ZÅÄÖ\d]|(?:var|där)av\b|(?:mnkr|tkr|mkr) 20\d\d", words)
    ):
        return False
    if _PER.match(words) or _YEARS_LAST.match(words):
        return True
    parts = [word for word in words.split() if word.lower() not in ("varav", "därav")]
    return sum(not part[0].islower() for part in parts) >= 0.4 * len(parts)


def is_caption(words: str) -> bool:
    """True where a line above a table tells its number or its unit: "Tabell 4. Priser 2031", "Belopp i tkr",
    "Nettokostnad per område, mnkr"."""
    return is_title(words) or _CAPTION.search(words) is not None


def is_title(words: str) -> bool:
    """True where a line gives a table its number, and so is none of its header or its rows."""
    return _TITLE.match(words) is not None


def is_unit(words: str) -> bool:
    """True where words are nothing but a unit of amounts."""
    return words.lower() in _BARE


def ends_sentence(words: str) -> bool:
    """True where words end as a sentence does, or lead into what follows, as no header does ("Diff." is short)."""
    return words.endswith(":") or (words.endswith(".") and not _SHORT.search(words))


def dangling(words: str) -> bool:
    """True where words stop short: the next line goes on in the same cell."""
    return _DANGLING.search(words) is not None or words.count("(") > words.count(")")


def binds(word: str) -> bool:
    """True for a word that a name goes on after ("Norra Lunden", "Till Norra Lunden")."""
    return _BINDS.fullmatch(word) is not None


def leads_number(words: str) -> bool:
    """True where a number follows the words in the same cell ("… inom", "… före klockan")."""
    return _LEADS.search(words) is not None


def is_name(words: str) -> bool:
    """True where the words are a column's name as plans commonly write it."""
    return _KNOWN.fullmatch(whole_name(words)) is not None or is_unit(words)


Cells = tuple[tuple[str, ...], ...]  # a header's words, the lines of each of its blocks


@dataclass(frozen=True, slots=True)
class Name:
    """A column's name, and which of the header's words it was made of (`words_of`)."""

    text: str
    words: tuple[int, ...]


def words_of(text: str) -> list[tuple[int, int]]:
    """Where each word of a header stands; words that extraction glued ("NettoVP", "2024Nämndens") are two."""
    return [found.span() for found in _WORD.finditer(text)]


def likeliest(cells: Cells, apart: bool) -> list[str] | None:
    """The header's words as the likeliest two to eight column names, None where nothing likely comes of them."""
    tried = [found for count in range(2, 9) if (found := divided(cells, count, apart))]
    names, cost = min(tried, key=lambda each: each[1], default=((), 0.0))
    return [name.text for name in names] if len(names) > 2 and cost <= len(names) else None


@lru_cache(maxsize=64)  # the same header is divided for each way to read the rows below it
def divided(cells: Cells, count: int, apart: bool) -> tuple[Sequence[Name], float] | None:
    """The header's words as `count` column names, and how unlikely they are (0 for names as everybody writes them).

    `cells` has the header's blocks, the lines of each. Where blank lines set cells `apart`, a block mostly ends with
    a cell, and cells seldom begin inside its second or later lines. A last line of years stands under the names that
    end the line above it, or under all of them after what the labels are called ("Mnkr 2023 2024"); units in it belong
    to the names that end in a comma. None where no division will do.
    """
    lines = [line for block in cells for line in block]
    if order := _units_after(lines) if len(lines) > 1 else []:
        words = [line[a:b] for line in lines for a, b in words_of(line)]
        found = _divided(((" ".join(words[n] for n in order),),), count, apart)
        return found and ([Name(name.text, tuple(order[n] for n in name.words)) for name in found[0]], found[1])
    last = _UNDER.fullmatch(lines[-1]) if len(lines) > 1 else None
    plain = _divided(cells, count, apart)
    label, years = (last["label"] or "", last["years"].split()) if last else ("", [])
    first, ahead = count - len(years), len(words_of(label))
    if not 1 < len(years) < count or (label and first > 1):
        return plain
    above = (*cells[:-1], cells[-1][:-1]) if len(cells[-1]) > 1 else cells[:-1]
    if label:
        above = ((f"{label}{above[0][0]}", *above[0][1:]), *above[1:])
    stacked = _divided(above, count, apart)
    if not stacked or (label and len(stacked[0][0].words) > ahead):
        return plain
    names, cost = stacked
    over = sum(len(name.words) for name in names) - ahead  # the words above the last line
    years = [*[""] * first, *years]
    names = [
        Name(
            f"{name.text} {year}".strip(),
            (
                *(word - ahead if word >= ahead else word + over for word in name.words),
                *[over + ahead + n - first][: bool(year)],
            ),
        )
        for n, (name, year) in enumerate(zip(names, years, strict=True))
    ]
    return (names, cost) if plain is None or cost < plain[1] else plain


def _units_after(lines: Sequence[str]) -> list[int]:
    """The order of a header's words with those of its last line each after the name that awaits it, as names that end
    in a comma do ("Tillägg 2030, Tillägg 2031," over "mnkr mnkr"); none where its last line has no such words."""
    words = [line[a:b] for line in lines for a, b in words_of(line)]
    first = len(words) - len(words_of(lines[-1]))
    open_ = [n for n in range(first) if words[n].endswith(",") and (n + 1 == first or words[n + 1][0].isupper())]
    if not open_ or len(open_) != len(words) - first or not all(word[0].islower() for word in words[first:]):
        return []
    order = list(range(first))
    for unit, n in zip(range(len(words) - 1, first - 1, -1), reversed(open_), strict=True):
        order.insert(n + 1, unit)
    return order


def _divided(cells: Cells, count: int, apart: bool) -> tuple[list[Name], float] | None:
    return _words(cells, apart).divided(count)


class _Words:
    """A header's words, which are divided in many ways: what the rest of them costs is reckoned once for all."""

    def __init__(self, cells: Cells, apart: bool) -> None:
        self.words: list[str] = []
        self.tied: set[int] = set()  # words that mostly go on in the cell of the word before
        self.broken: dict[int, float] = {}  # words that mostly begin a cell, and what it costs that one doesn't
        for lines in cells:
            at = len(self.words)
            for n, line in enumerate(lines):
                parts = [line[start:end] for start, end in words_of(line)]
                if n and apart:
                    first = len(self.words)
                    free = {m for m, part in enumerate(parts) if _AGE.match(" ".join(parts[m : m + 2]))}
                    if not parts[0][:1].isupper() or len(re.findall(r"\b20\d\d\b", line)) > 1:
                        # The rest of a name, after which others may begin, or names that each have their year.
                        free.update(m for m, part in enumerate(parts) if part[:1].isupper() or _OF_WHOLE.match(part))
                    self.tied.update(first + m for m in range(1, len(parts)) if m not in free)
                self.words += parts
            if apart and 0 < at < len(self.words):
                before, word = self.words[at - 1], self.words[at]
                self.broken[at] = 0.3 if dangling(before) or word[:1].islower() or word[:1] == "(" else 2.0
        self.best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}

    def divided(self, count: int) -> tuple[list[Name], float] | None:
        """The words as `count` names, and how unlikely they are; None where no division will do."""
        if not count <= len(self.words) <= 60:
            return None
        cost, ends = self._best(0, count)
        if cost == math.inf:
            return None
        names, at = [], 0
        for end in ends:
            if self._cost(at, end) >= _UNLIKELY:
                return None
            names.append(Name(whole_name(mended("\n".join(self.words[at:end]))), tuple(range(at, end))))
            at = end
        return names, cost

    def _cost(self, start: int, end: int) -> float:
        return _cost(" ".join(self.words[start:end]), first=start == 0)

    def _best(self, start: int, left: int) -> tuple[float, tuple[int, ...]]:
        """The least cost of words[start:] as `left` cells, and where each ends."""
        if (start, left) not in self.best:
            self.best[start, left] = self._least(start, left)
        return self.best[start, left]

    def _least(self, start: int, left: int) -> tuple[float, tuple[int, ...]]:
        found: tuple[float, tuple[int, ...]] = (math.inf, ())
        inner = 0.0  # what it costs that blocks begin inside the cell
        for end in range(start + 1, min(len(self.words) - left + 1, start + 12) + 1):
            inner += self.broken.get(end - 1, 0.0) if end - 1 > start else 0.0
            if left == 1 and end < len(self.words):
                continue
            cost = self._cost(start, end) + inner + 2.0 * (end in self.tied)
            if cost >= found[0]:
                continue
            rest = self._best(end, left - 1) if left > 1 else (0.0, ())
            if cost + rest[0] < found[0]:
                found = (cost + rest[0], (end, *rest[1]))
        return found


@lru_cache(maxsize=16)
def _words(cells: Cells, apart: bool) -> _Words:
    return _Words(cells, apart)


@lru_cache(maxsize=4096)
def _cost(words: str, first: bool) -> float:
    """How unlikely the words are as one column's name; `first` is the column of the labels."""
    name = whole_name(re.sub(r"(?<=[a-zåäö)])\d$", "", words))
    cost = 0.0
    if name.count("(") != name.count(")") or (_DANGLING.search(name) and not _WHOLE.fullmatch(name)):
        cost += _UNLIKELY
    if first:
        if _LABEL.fullmatch(name) or is_unit(name):
            return cost
        if _NUMERIC.match(name) and not name.startswith("Antal"):
            cost += 4.0
        cost += 1.0 * sum(word[:1].isupper() for word in name.split()[1:]) + (3.0 if _AMOUNTS.search(name) else 0.0)
        return cost + (1.0 if name[:1].isupper() else 3.0) + 0.3 * name.count(" ")
    if _KNOWN.fullmatch(name):
        return cost + (0.3 if re.fullmatch(_PLAN, name) else 0.8 if re.match(r"20\d\d,? ", name) else 0.0)
    if re.fullmatch(r"(?:19|20)\d\d", name):
        return cost + 0.8
    if _YEAR_FIRST.fullmatch(name):
        return cost + (0.5 if name.endswith(")") else 0.6 * name.count(" "))
    if _YEAR_AFTER.fullmatch(name):
        return cost + 0.2 * name.count(" ")
    if name.strip("()").lower() in _BARE:
        return cost + (_UNLIKELY if name.startswith("(") else 2.0)
    if bare := _NOTED.fullmatch(name):
        return cost + 0.2 + _cost(bare[1], first)  # "Jan–mars 2025 (beviljad tid)", "Varav flickor, mål"
    if _SEVERAL.search(name):
        cost += _UNLIKELY
    inner = name.split()[1:]
    capitals = sum(word[:1].isupper() and not binds(before) for before, word in pairwise(name.split()))
    cost += 1.5 * capitals + 0.2 * len(inner)
    if re.search(r", (?:mnkr|tkr|mkr|kr)$", name):
        return cost  # whole, with its unit
    cost += sum(2.0 for word in inner if re.fullmatch(r"20\d\d", word) and not name.endswith(word))
    if not inner and name[:1].isupper():
        return cost + 0.5
    return cost + (1.0 if name[:1].isupper() else 2.0 if name[:1].isdigit() else 5.0)
