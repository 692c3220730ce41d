"""What a follow-up leans on of the question before, and which item of a list just given it names."""

from __future__ import annotations

import re

from retrieval.language.cues import Asks, asked, turns
from retrieval.language.dates import PLACES
from retrieval.language.swedish import STOP_WORDS, spans
from retrieval.question.clauses import QUESTION_WORD
from retrieval.question.concepts import SOFT
from retrieval.question.extent import of_all_together

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
    if before and of_all_together(alone) and not QUESTION_WORD.search(alone):
        return True
    if _OF_ALL_THERE_IS.match(alone) and not _LEANING.search(alone):
        return False
    if before and all(map(_is_bare, content)) and not _LEANING.search(text):
        return True
    if len(words) <= 2 or all(asked(word) & {"women", "men"} for word in content):  # "how many are women?"
        return True
    own, earlier = ({n for n, kind in enumerate(_KINDS) if kind & asked(each)} for each in (text, before))
    if own and earlier and not own & earlier and QUESTION_WORD.search(text):
        return False
    # "And what does a lunch cost for pensioners?" stands by itself, but not "and what for pensioners instead?".
    most = 3 if QUESTION_WORD.search(text) and not _REPLACING.search(text) else 5
    return _LEANING.search(text) is not None and sum(not _is_bare(word) for word in content) <= most


_REPLACING = re.compile(r"\b(?:instead|i ?stället)\b", re.IGNORECASE)
_ITEM_NAMED = re.compile(
    rf"\b(?:nr\.? ?|nummer |number |no\.? ?|punkt |item |point |#)(?P<n>\d{{1,2}})\b"
    rf"|\b(?:den|det|the|punkt) (?P<word>{'|'.join(word for words in PLACES for word in words)}|sista|last)"
    r"(?: (?:one|item|point|punkten|av dem|of them|på listan|on the list|in the list))?(?=\s*(?:[,.?!:]|$|då\b))",
    re.IGNORECASE,
)


def item_named(text: str) -> int:
    """Which item of a list just given a short text points to, counted from 1: "den tredje", "number 3". 0 for none."""
    found = _ITEM_NAMED.search(text)
    if found is None or len(text.split()) > 9:
        return 0
    if found["n"]:
        return int(found["n"])
    word = found["word"].casefold()
    return next((n for n, words in enumerate(PLACES, 1) if word in words), 0)


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
