"""Which way something goes: what says, in Swedish and English, that it rises, falls or stays as it is."""

from __future__ import annotations

import re
from typing import Final, Literal

Way = Literal["rises", "falls", "stays"]

RISES: Final = (
    r"(?:ut)?ök(?:a|n)\w*|höj\w*|stig(?:er|it|a|ande)|väx(?:er|te|t|a|ande)(?! upp)|expand\w*|tillskott(?:et|en)?"
    r"|uppräkn\w*|(?:gå(?:r|tt)?|gick) (?:\w+ ){0,4}upp(?! till)"
    r"|increas\w*|grow\w*(?! up)|grew|rais\w*|rises?|rising|rose|gain\w*|(?:go(?:es|ne|ing)?|went|put(?:ting)?) up"
)
FALLS: Final = (
    r"minsk\w*|sänk\w*|sjunk\w*|sjönk|krymp\w*|tappa\w*(?! bort)|reducera\w*|ned(?:drag|skär|skur)\w*"
    r"|faller|fallit|(?:skär(?:s|a|as)?|skurit) ne[rd]+|dra(?:r|s|git|gits)? ne[rd]+"
    r"|(?:gå(?:r|tt)?|gick) (?:\w+ ){0,4}ne[rd]+(?! till)"
    r"|decreas\w*|reduc(?:es?|ed|ing|tions?)|lower(?:s|ing|ed)|shrink\w*|shrank"
    r"|drop(?:s|p\w*)?(?!-)|falling|fell|ha(?:s|ve) fallen|cut(?:s|ting)?"
    r"|falls? (?=by|to|from|below|most)|(?:does|do|did|will) (?:[\w'’-]+ ){1,5}fall"  # not how many fall, and hurt
    r"|los(?:es?|ing)(?! (?:power|contact|touch)\b)|lost (?=(?:[\w,.]+ ){0,2}(?:money|fund\w*|budget|mnkr|tkr|million))"
    r"|loss(?:es)?|(?:go(?:es|ne|ing)?|went) down"
)
STAYS: Final = (
    r"oförändra\w*|unchanged|lika (?:mycket|många|stor\w*) som|(?:ligger|står|är) (?:kvar|still)(?! hos)"
    r"|(?:stay|remain|keep)\w* (?:at )?the same|kept (?:at )?the same"
)
_WAYS: Final[dict[Way, str]] = {
    "rises": RISES,
    "falls": FALLS,
    "stays": STAYS,
}
# That it is more or less than another thing, or than it was.
_COMPARED: Final[dict[Way, str]] = {
    "rises": r"(?<!vad )(?<!what )(?:more|mera?)|fler|dyrare|dearer|högre|higher|större|larger|bigger|greater",
    "falls": r"less|mindre|lägre|lower|fewer|färre|billigare|cheaper|smaller",
}


def _patterns(words: dict[Way, str]) -> dict[Way, re.Pattern[str]]:
    return {way: re.compile(rf"\b(?:{each})\b", re.IGNORECASE) for way, each in words.items()}


_MOVES, _IS_COMPARED = _patterns(_WAYS), _patterns(_COMPARED)


def moves(text: str) -> set[Way]:
    """Which ways a text says that something goes; that it is more than another thing is no movement."""
    return {way for way, said in _MOVES.items() if said.search(text)}


_BY_HOW_MUCH = {
    way: re.compile(rf"\d[^.,;]{{0,20}} (?:{said}) (?:än|jämfört|than)\b", re.IGNORECASE)
    for way, said in _COMPARED.items()
}


def differs(text: str) -> set[Way]:
    """Which ways a text says, with a figure, that something differs from what it was: "60 fler än i oktober"."""
    return {way for way, said in _BY_HOW_MUCH.items() if said.search(text)}


def tends(text: str) -> set[Way]:
    """Which ways a text says that something goes, or is beside another thing or what it was."""
    return moves(text) | {way for way, said in _IS_COMPARED.items() if said.search(text)}


def direction(text: str) -> int:
    """1 where a text tells of what rises or is more, -1 of what falls or is less, 0 of neither or of both.

    That it moves tells before that it is compared: "falls by more than 5 %"."""
    way = (moves(text) or tends(text)) - {"stays"}
    return 0 if len(way) != 1 else 1 if way == {"rises"} else -1
