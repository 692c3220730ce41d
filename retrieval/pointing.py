"""What a follow-up points to without its name: the first named of two places, the other council."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from retrieval.evidence.rank import Asked
from retrieval.language.dates import is_moment
from retrieval.language.swedish import STOP_WORDS, stem, terms
from retrieval.leant_on import told_before
from retrieval.one_plan import OnePlan
from retrieval.question.leaning import item_named
from retrieval.question.turn import Turn
from retrieval.reading import Reader

_POINTS = re.compile(
    r"\b(?:den|det|the) (?P<place>först(?:nämnd)?a|former|first|andra|second|other|tredje|third|sist(?:nämnd)?a|senare"
    r"|latter|last)\b(?P<one> (?:one|(?:of|av) (?:them|dem|those|the two|de två))\b)?(?= (?P<noun>[^\W\d_]{3,}))?",
    re.IGNORECASE,
)
_NAMED = re.compile("nämnd|former|latter", re.IGNORECASE)
_LAST, _OTHER = re.compile("sist|senare|latter|last", re.IGNORECASE), re.compile("andra|second|other", re.IGNORECASE)
_PLACES = (("först", "former", "first"), ("andra", "second", "other"), ("tredje", "third"))
_BACK = 2  # earlier turns whose words and answers are looked at


def pointed(turn: Turn, asked: Sequence[Asked], reader: Reader) -> Turn:
    """The turn with the name of what it points to, where the words or the answers before it name several: "and in the
    first one?" becomes "and in Hamre?". An item of a list is another thing: that has no name."""
    found = _POINTS.search(turn.text) if turn.history else None
    noun = found["noun"] or "" if found else ""
    if found is None or is_moment(noun):
        return turn
    of_none = found["one"] or noun.casefold() in {*STOP_WORDS, ""}
    of_kind = _of_kinds(turn, asked, reader)
    meant = {kind for kind, _ in of_kind} if of_none else _meant(noun, turn, asked, reader)
    for text in _said(turn, asked, reader):
        names, end = _called(meant, text), found.end() if of_none else found.end("noun")
        if len(names) < 2 and (of_none or _NAMED.search(found["place"])):
            names, end = _names(text), found.end()
        if name := _one_of(names, found["place"], turn.history[-1]):
            *earlier, last = turn.history
            said = f"{turn.text[: found.start()]}{name}{turn.text[end:]}"
            if (several := _NAMES.search(last)) and name in several[0]:
                last = last.replace(several[0], name)
            elif _OTHER.match(found["place"]):
                for words in (words for kind, words in of_kind if kind in meant):
                    last = last.replace(words, name)
            return replace(turn, text=said, history=(*earlier, last), points=True)
    return turn


def _meant(noun: str, turn: Turn, asked: Sequence[Asked], reader: Reader) -> set[str]:
    """What a noun stands for in the plan's words."""
    concepts = reader.understood(turn.part(noun), asked).concepts
    return {stem(noun.casefold()), *(term for concept in concepts for term in concept.meant)}


def _of_kinds(turn: Turn, asked: Sequence[Asked], reader: Reader) -> list[tuple[str, str]]:
    """The kinds of thing that the question before named by a compound, each with its words: "råd" and "båtrådet"."""
    concepts = reader.understood(turn.part(turn.history[-1]), asked).concepts
    named = ((term, concept.words) for concept in concepts for term in concept.meant)
    return [(kind, words) for term, words in named for kind, _ in terms(term) if kind != term and term.endswith(kind)]


def _said(turn: Turn, asked: Sequence[Asked], reader: Reader) -> Iterator[str]:
    """What was asked and answered before, the latest first; nothing that is answered with a list whose items a turn
    may point to."""
    before = turn
    for _ in range(_BACK):
        if not before.history:
            return
        before = before.before
        yield before.text
        one = OnePlan(before, reader.understood(before, asked), asked, reader, told_before(before, asked, reader))
        draft, _ = one.drafted()
        if draft is None or (draft.listed and item_named(turn.text)):
            return
        yield " ".join(statement.text for statement in draft.statements)


_NAME = r"[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)*"
_NAMES = re.compile(rf"(?<=[\w,:(“”\"] )({_NAME}(?:, {_NAME})*),? (?:och|samt|eller|and|or) ({_NAME})")


def _names(text: str) -> list[str]:
    """The names that a text counts up first: "i Hamre och Ekstorp"."""
    found = _NAMES.search(text)
    return [*found[1].split(", "), found[2]] if found else []


def _called(meant: Set[str], text: str) -> list[str]:
    """The things of a kind that a text names, as it does: "pensionärsrådet", "rådet för tillgänglighet"."""
    found: dict[str, str] = {}
    for each in re.finditer(r"\b([^\W\d_]+)( (?:för|till) [^\W\d_]+)?", text):
        kind, parts = stem(each[1].casefold()), dict(terms(each[1].casefold()))
        compound = len(parts) > 1
        if any(kind.endswith(term) for term in meant & parts.keys()) and (compound or each[2]):
            found.setdefault(kind if compound else f"{kind}{each[2]}", each[1] if compound else each[0])
    return list(found.values())


def _one_of(names: Sequence[str], place: str, before: str) -> str | None:
    """The one of some names that a word points to; "the other one" is that which the question before did not name."""
    if len(names) < 2:
        return None
    if _LAST.match(place):
        return names[-1]
    if _OTHER.match(place):
        left = [name for name in names if name.casefold() not in before.casefold()]
        if len(left) == 1:
            return left[0]
    n = next(n for n, words in enumerate(_PLACES) if place.casefold().startswith(words))
    return names[n] if n < len(names) else None
