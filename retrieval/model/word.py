"""What a language model may do for an answer: word it, choose among what was found, search in other words.

Facts are never the model's. What it reads are numbered quotes and facts that were looked up; what it writes is taken a
sentence at a time, and kept where the quotes that the sentence cites hold it. Where one cites a fact that was looked
up, the look-up's own sentence is said.
"""

from __future__ import annotations

import logging
import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from threading import Event, Thread
from typing import cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from ingest.plan import Passage
from ingest.source import Span
from ingest.values import mended
from prompts import prompt
from retrieval.evidence.answer_types import Draft, ModelUnavailable, Reference, Statement
from retrieval.evidence.rank import Asked, Ranked
from retrieval.language.cues import asked
from retrieval.language.lexicon import Lexicon
from retrieval.language.sentences import sentences_in
from retrieval.language.swedish import language, terms
from retrieval.model.guard import dated_as, holds
from retrieval.model.verify import figures, verified
from retrieval.question.question import Question

_READ, _ROOM = 24, 6000  # numbered quotes that a model is given, and characters of them all
_UNITS, _BESIDE = 8, 2  # passages and facts that they are from; sentences before and after one that was found
_LONGEST_REPLY, _LONGEST_ANSWER = 8000, 1500  # characters
_SEARCHES = 3  # other ways to put a question
_LEFT = 0.5  # the share of a model's sentences that must hold
_TELLING = 0.5  # the share of what a question is about that must stand in what answers it
_FAILURES, _REST = 3, 30.0  # failures in a row after which the model is left alone, and seconds for which it is
_NONE = re.compile(r"\W*NONE\b")
_NAMES = {"sv": "Swedish", "en": "English"}
log = logging.getLogger("plansvar")


@dataclass(frozen=True, slots=True)
class Source:
    """What a model may cite by one number: the words it reads, and the statement that they support.

    `fact` says that the statement was looked up, and is said as it is wherever it is cited.
    """

    words: str
    place: str
    statement: Statement
    fact: bool = False


class Writer:
    """Answers in a model's words. Safe to share between threads.

    No call takes the caller longer than `seconds` in all: what is not there by then is given up, and its connection
    closed as soon as something comes over it.
    """

    def __init__(self, model: BaseChatModel, seconds: float, lexicon: Lexicon, failures: int = _FAILURES) -> None:
        self._model, self._seconds, self._lexicon, self._most = model, seconds, lexicon, failures
        self._failures, self._rests = 0, 0.0

    def draft(
        self,
        question: Question,
        embedded: Draft | None,
        found: Sequence[Ranked],
        group: Sequence[Asked],
        names: Sequence[str],
        today: date,
        search: Callable[[str], Sequence[Ranked]],
        told: Callable[[Ranked], Sequence[Statement]],
    ) -> Draft | None:
        """What the model makes of the evidence, verified; None where nothing of it may stand.

        `embedded` is the answer without it and `found` what that was made from; `names` are what the plan is called,
        `search` finds more by other words, `told` says a fact. Raises `ModelUnavailable`.
        """
        if time.monotonic() < self._rests:
            raise ModelUnavailable(f"the model failed {self._most} times in a row and is left alone for {_REST:g} s")
        until = time.monotonic() + self._seconds
        try:
            made = self._draft(question, embedded, found, group, names, today, search, told, until)
        except ModelUnavailable:
            self._failures += 1
            if self._failures >= self._most:
                self._failures, self._rests = 0, time.monotonic() + _REST
            raise
        self._failures = 0
        return made

    def _draft(
        self, question: Question, embedded: Draft | None, found: Sequence[Ranked], group: Sequence[Asked],
        names: Sequence[str], today: date, search: Callable[[str], Sequence[Ranked]],
        told: Callable[[Ranked], Sequence[Statement]], until: float,
    ) -> Draft | None:  # fmt: skip
        plan, earlier, asking = "; ".join(names[: len(group)]), as_data(question.before), as_data(question.text)
        if embedded is None:
            headings = "\n".join(dict.fromkeys(as_data(_heading(r)) for r in found[:20] if _is_data(_heading(r))))
            reply = self._reply(
                "search", until, plan=as_data(plan), headings=headings, earlier=earlier, question=asking
            )
            if _NONE.match(reply):
                return None
            other = [line.strip() for line in reply.splitlines() if line.strip()][:_SEARCHES]
            found = _in_turn([found, *(search(line[:200]) for line in other)])
        by_document = {one.known.id: one for one in group}
        texts = {id_: one.searchable.plan.text for id_, one in by_document.items()}
        sources = list(_sources(embedded, found, by_document, told))
        if not sources:
            return None
        reply = self._reply(
            "answer", until, language=_NAMES[question.language], plan=as_data(plan), today=today.isoformat(),
            quotes=quoted(sources), earlier=earlier, question=asking,
        )  # fmt: skip
        if _NONE.match(reply):
            return None
        made = self._kept(list(cited_sentences(reply)), sources, question, texts, names)
        if made is not None and embedded is None and not _is_about(question, made, texts, names):
            return None
        return made

    def _kept(
        self, written: Sequence[tuple[str, tuple[int, ...]]], sources: Sequence[Source], question: Question,
        texts: Mapping[int, str], names: Sequence[str],
    ) -> Draft | None:  # fmt: skip
        """The sentences that hold; None where too little is left."""
        kept: list[Statement] = []
        lost = 0
        for sentence, numbers in written:
            statements = self._held(sentence, numbers, sources, question, texts, names)
            if not statements or (lost and _POINTS_BACK.match(sentence)):
                lost += 1
                continue
            kept += [each for each in statements if each not in kept]
        while len(kept) > 1 and sum(len(each.text) for each in kept) > _LONGEST_ANSWER:
            kept.pop()
        if not kept or len(written) - lost < _LEFT * len(written):
            return None
        return Draft(tuple(kept), "model")

    def _held(
        self, sentence: str, numbers: Sequence[int], sources: Sequence[Source], question: Question,
        texts: Mapping[int, str], names: Sequence[str],
    ) -> list[Statement]:  # fmt: skip
        """What is said for a sentence: itself where the quotes it cites hold it, the facts where it cites facts."""
        if not numbers or not all(1 <= n <= len(sources) for n in numbers):
            return []
        cited = [sources[n - 1] for n in dict.fromkeys(numbers)]
        if any(each.fact for each in cited):
            return [each.statement for each in cited if each.fact]
        if language(_QUOTED.sub("", sentence)) != question.language:
            return []
        support = tuple(dict.fromkeys(r for each in cited for r in each.statement.support))
        quotes = [_words_at(r, texts) for r in support]
        around = [*(r.section for r in support), *names]
        if not holds(sentence, quotes, around, question.language, self._lexicon):
            return []
        made = Statement(dated_as(sentence, quotes), support)
        return list(verified(Draft((made,), "model"), texts.__getitem__, names).statements)

    # --- the model asked

    def _reply(self, name: str, until: float, **values: str) -> str:
        """What the model answers to a prompt. `ModelUnavailable` where nothing has come when the time is up."""
        instructions, asking = prompt(name).filled(**values)
        messages = [SystemMessage(instructions), HumanMessage(asking)]
        given_up, reply = Event(), Future[str]()

        def read() -> None:
            said = ""
            try:
                with closing(cast(Iterator, self._model.stream(messages))) as chunks:  # type: ignore[type-arg, type-var]
                    for chunk in chunks:
                        said += chunk.text
                        if given_up.is_set() or len(said) > _LONGEST_REPLY:
                            break
                reply.set_result(_THOUGHT.sub("", said))
            except BaseException as error:
                reply.set_exception(error)

        # A thread of its own, which no exit waits for: a server may stall for as long as it likes.
        Thread(target=read, name="model", daemon=True).start()
        try:
            return reply.result(max(0.0, until - time.monotonic()))
        except TimeoutError:
            raise ModelUnavailable(f"the model gave no answer within {self._seconds:g} s") from None
        finally:
            given_up.set()


_THOUGHT = re.compile(r"^\s*<think>.*?(?:</think>|\Z)", re.DOTALL)
_QUOTED = re.compile(r"[”“\"«][^”“\"»]*[”“\"»]")
_POINTS_BACK = re.compile(
    r"(?:det|den|de|detta|denna|dessa|dess|där|då|han|hon|it|its|they|their|them|this|that|these|those|there|he|she)\b",
    re.IGNORECASE,
)

# --- evidence


def as_data(text: str) -> str:
    """Words of a plan or a person as a prompt holds them: on one line, without what ends or imitates its tags, its
    numbers, or its reader's own signs."""
    seen = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)
    plain = unicodedata.normalize("NFC", seen).translate(_SIGNS)
    return " ".join(re.sub(r"\[(\d[\d, ]*)\]", r"(\1)", plain).split())


_SIGNS = str.maketrans({"<": "‹", ">": "›", "＜": "‹", "＞": "›", '"': "”"})


def _is_data(text: str) -> bool:
    """False for words that tell a model what to do: they are no use as evidence."""
    return "instruction" not in asked(text)


def _sources(
    embedded: Draft | None, found: Sequence[Ranked], by_document: Mapping[int, Asked],
    told: Callable[[Ranked], Sequence[Statement]],
) -> Iterator[Source]:  # fmt: skip
    """What a model is given to answer from: what the embedded answer quotes, then what else was found, each once."""
    texts = {id_: one.searchable.plan.text for id_, one in by_document.items()}
    held: list[tuple[int, Span]] = []
    room, number = _ROOM, 0
    for source in _candidates(embedded, found, told, texts):
        spans = [(r.document, r.span) for r in source.statement.support]
        if all(any(d == e and f.start <= s.start and s.end <= f.end for e, f in held) for d, s in spans):
            continue
        if len(source.words) > room or number == _READ or not (_is_data(source.words) and _is_data(source.place)):
            continue
        held += spans
        room, number = room - len(source.words), number + 1
        yield source


def _candidates(
    embedded: Draft | None, found: Sequence[Ranked], told: Callable[[Ranked], Sequence[Statement]],
    texts: Mapping[int, str],
) -> Iterator[Source]:  # fmt: skip
    for statement in embedded.statements if embedded else ():
        yield from (_quote(reference, texts) for reference in statement.support)
    units: list[int] = []
    for ranked in found:
        unit = ranked.hit.entry.unit
        if id(unit) in units:
            continue
        if len(units) == _UNITS:
            break
        units.append(id(unit))
        if not isinstance(unit.item, Passage):
            for statement in told(ranked)[:1]:
                yield Source(statement.text, unit.path, statement, fact=True)
            continue
        entries, at = ranked.asked.searchable.entries, ranked.hit.entry.number
        for entry in entries[max(0, at - _BESIDE) : at + _BESIDE + 1]:
            if entry.unit is unit:
                yield _quote(Reference(ranked.asked.known.id, entry.spans[0], unit.path), texts)


def _quote(reference: Reference, texts: Mapping[int, str]) -> Source:
    words = _words_at(reference, texts)
    return Source(words, reference.section, Statement(words, (reference,)))


def _words_at(reference: Reference, texts: Mapping[int, str]) -> str:
    return mended(texts[reference.document][reference.span.start : reference.span.end])


def quoted(sources: Sequence[Source]) -> str:
    """Sources as a prompt has them: each with its number and heading, as data."""
    return "\n".join(
        f'<quote n="{n}" section="{as_data(source.place)}">{as_data(source.words)}</quote>'
        for n, source in enumerate(sources, 1)
    )


def _heading(ranked: Ranked) -> str:
    return ranked.hit.entry.unit.path.rpartition(" › ")[2]


def _in_turn(rankings: Sequence[Sequence[Ranked]]) -> list[Ranked]:
    """The best of each ranking, then the second of each, and so on."""
    longest = max(map(len, rankings), default=0)
    return [ranking[n] for n in range(min(longest, 4 * _UNITS)) for ranking in rankings if n < len(ranking)]


# --- the reply

_MARK = r"\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]"
_AFTER = re.compile(rf"([.!?…])((?:\s*{_MARK})+)")
_MARKS = re.compile(rf"\s*{_MARK}")
_MARKUP = re.compile(r"^\s*(?:[-*•–#>]+|\d{1,2}[.)])\s+|\*\*|__|`|^#+\s*", re.MULTILINE)


def cited_sentences(reply: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The sentences of a reply, without their marks, and the numbers that each cites. One without is given too."""
    plain = unicodedata.normalize("NFC", _MARKUP.sub("", reply.replace("<", "‹").replace(">", "›")))
    for line in plain.splitlines():
        marked = _AFTER.sub(r"\2\1", line)
        for span in sentences_in(marked, (Span(0, len(marked)),)):
            sentence = marked[span.start : span.end]
            numbers = tuple(int(n) for mark in _MARKS.findall(sentence) for n in re.findall(r"\d+", mark))
            words = " ".join(_MARKS.sub("", sentence).split())
            if words.strip(" .:;,"):
                yield words, numbers


def _is_about(question: Question, draft: Draft, texts: Mapping[int, str], names: Sequence[str]) -> bool:
    """True where what a draft cites has the names, figures and most of the rest of what was asked: a true sentence on
    another matter is no answer."""
    held = " ".join(
        part for statement in draft.statements for r in statement.support
        for part in (_words_at(r, texts), r.section, r.table or "", r.row or "", r.column or "")
    )  # fmt: skip
    every = f"{held} {' '.join(names)}"
    numbers = {number for number, _ in figures(every)}
    if not {number for number, _ in figures(question.text)} <= numbers:
        return False
    has = {term for term, _ in terms(every)}
    total = there = 0.0
    for concept in question.concepts:
        is_there = any(weight >= 0.5 and term in has for term, weight in concept.terms.items()) or any(
            has.issuperset(phrase) for _, phrase in concept.phrases
        )
        if concept.name and concept.weight >= 0.5 and not is_there:
            return False
        if concept.weight >= 0.5:
            total += concept.weight
            there += concept.weight * is_there
    return total > 0 and there >= _TELLING * total
