"""The amount that a question limits what it asks for to: "above 90 %", "12 or more", "with 3,6 as target"."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from retrieval.evidence.lookup import KRONOR
from retrieval.language.dates import NUMBERS

_LARGE = {"hundra": 100, "hundred": 100, "tusen": 1000, "thousand": 1000, "miljon": 10**6, "miljoner": 10**6,
          "million": 10**6, "millions": 10**6}  # fmt: skip
_NUMBER = (
    rf"(?!(?:19|20)\d\d\b)(?P<words>(?:\d+(?: \d{{3}})*(?:[,.]\d+)?|(?:{'|'.join((*NUMBERS, *_LARGE))})\b)"
    rf"(?: (?:{'|'.join(_LARGE)}))*)"
    r"(?![\d-])(?! (?:år|månad|veck|dag|dygn|timm|minut|gång|year|month|week|day|hour|minute|time))"
    r" ?(?P<unit>tkr|mnkr|mkr|kr\b|kronor|%|procent|percent|poäng|points?|platser)?"
)
_VALUE = (
    r"(?:(?:risk|års|mål)?(?:värdet?|poäng(?:en)?)|(?:års)?mål(?:et|en)?(?: ska)?(?: ligg(?:a|er))?(?!\D{0,5}\d+\.\d)"
    r"|(?:risk )?(?:values?|scores?|ratings?)|targets?|(?:anslag|bidrag|belopp)(?:et)?|(?:grant|amount)s?)"
)
_MORE, _LESS = "större|högre|fler|mer|över", "mindre|lägre|färre|under"
_Holds = Callable[[Decimal, Decimal], bool]
_LIMITS: tuple[tuple[_Holds, str], ...] = (
    (operator.ge, rf"NUMBER (?:(?:eller|och) (?:{_MORE}|uppåt)|(?:or|and) (?:more|higher|above|over|up))\b"),
    (operator.le, rf"NUMBER (?:eller (?:{_LESS})|or (?:less|fewer|lower|below|under))\b"),
    (operator.gt, rf"\b(?:(?:{_MORE}) än|över|(?:more|larger|higher|greater) than|over|above|exceed\w*) NUMBER"),
    (operator.lt, rf"\b(?:(?:{_LESS}) än|under(?! \d+\.\d)|(?:less|fewer|lower|smaller) than|below) NUMBER"),
    (operator.ge, r"\b(?:minst|at least) NUMBER"),
    (operator.le, r"\b(?:högst|at most) NUMBER"),
    (operator.eq, r"\b(?:exakt|precis|exactly|ligg(?:er|a) på|(?:set|are|stand) at) NUMBER"),
    (operator.eq, rf"\b{_VALUE}(?: (?:set at|satt till|of|at|på|om|är|is|are|=|:))? NUMBER"),
)
_PATTERNS = [(holds, re.compile(pattern.replace("NUMBER", _NUMBER), re.IGNORECASE)) for holds, pattern in _LIMITS]

# What is said of people without a unit is their age: "children under 3".
_OF_PEOPLE = re.compile(
    r"\b(?:barn\w*|ung\w*|äldre|person\w*|människor|folk|senior\w*|pensionär\w*|brukare|elever|flickor|pojkar|kvinnor|män|alla"
    r"|kids?|child(?:ren)?|people|youths?|youngsters|teens?|pensioners?|students|pupils|girls|boys|women|men|those|everyone)"
    r" (?:som är |who are |aged )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount, in kronor where it is money, its unit, how what is asked for stands to it, and the words for it."""

    amount: Decimal
    unit: str
    holds: _Holds
    words: str

    def has(self, number: Decimal, unit: str | None) -> bool:
        """True for a number of a unit that is within the limit: in percent where that is, of any unit where it names
        none."""
        unit = (unit or "").casefold()
        if self.unit == "%" and unit != "%":
            return False
        said = self.unit in KRONOR or any(word in self.words.casefold().split() for word in _LARGE)
        return self.holds(number * (KRONOR.get(unit, 1) if said else 1), self.amount)


@lru_cache(maxsize=256)  # lists, tables and comparisons each ask
def limit(text: str) -> Limit | None:
    """The amount that a question limits itself to, None for none."""
    for holds, pattern in _PATTERNS:
        if (found := pattern.search(text)) and not (_OF_PEOPLE.search(text[: found.start()]) and not found["unit"]):
            amount = Decimal(1)
            for word in re.findall(r"\d+(?: \d{3})*(?:[,.]\d+)?|\w+", found["words"].casefold()):
                amount *= NUMBERS.get(word) or _LARGE.get(word) or Decimal(word.replace(" ", "").replace(",", "."))
            unit = (found["unit"] or "").casefold()
            unit = {"mkr": "mnkr", "procent": "%", "percent": "%"}.get(unit, unit)
            return Limit(amount * KRONOR.get(unit, 1), unit, holds, found[0])
    return None
