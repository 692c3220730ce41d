"""Questions in, answers out, for the commands: the same path whether one is typed, a thousand are piped or graded."""

from __future__ import annotations

import json
import logging
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, get_args

from bot.logs import tell, timed
from bot.phrases import cell_of, page_of
from bot.words import language, words
from retrieval.answer import Answerer
from retrieval.evidence.answer_types import Answer, Citation
from retrieval.language.swedish import Language
from retrieval.question.scope import Scope, choose
from retrieval.store.index import UnknownDocument
from retrieval.store.library import IndexLibrary

LONGEST = 2000  # characters of a question
_SHOWN = 240  # characters of a quote below an answer; `--json` has all of it
_NAMED = 5  # organisations named to one who asks for another
_WARMING = ("Vad är målet?", "What is the target?")  # one in each language

Id = str | int | float | None
NO_SCOPE = Scope()


class QuestionError(ValueError):
    """A question that can't be asked; the message is one line that says what is wrong and the remedy."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question with what it is asked in; `id` comes back with the answer. `language` is that of the answer, where it
    is to be another than the question's."""

    question: str
    history: tuple[str, ...] = ()
    scope: Scope = NO_SCOPE
    id: Id = None
    language: Language | None = None


class Asker:
    """Asks an answerer, with the asker's usual scope where a question has none of its own."""

    def __init__(self, answerer: Answerer, library: IndexLibrary, usual: Scope) -> None:
        self.answerer, self.library, self.usual = answerer, library, usual

    def ask(self, query: Query) -> Answer:
        """The answer to a question; `QuestionError` where there is nothing that can be answered."""
        question = asked(query.question)
        try:
            with timed("answer"):
                answer = self._ask(question, query)
        except Exception:
            tell("answer", logging.ERROR, kind="failed", question=question)
            raise
        kind = answer.answered_by or "abstained"
        tell("answer", kind=kind, seconds=answer.seconds, language=answer.language, question=question)
        return answer

    def _ask(self, question: str, query: Query) -> Answer:
        scope = self.within(query.scope)
        try:
            return self.answerer.answer(question, query.history, scope, query.language)
        except UnknownDocument:  # stored anew between the choice of the plan and its reading
            return self.answerer.answer(question, query.history, scope, query.language)

    def ask_warm(self, query: Query) -> Answer:
        """The same, with `seconds` of a question whose plans are ready: asked again where one had to be read. A model
        is asked once, after an answer without it, whose time is nothing beside the model's."""
        before, first = self.library.loaded, self._embedded().ask(query)
        if self.answerer.writer is None and self.library.loaded == before:
            return first
        return self.ask(query)

    def warm(self) -> None:
        """Make ready what every question needs, so that the first is as quick as the next."""
        for question in _WARMING:
            self._embedded().answerer.answer(question, scope=self.usual)

    def _embedded(self) -> Asker:
        """The same without a model."""
        embedded = copy(self.answerer)
        embedded.writer = None
        return Asker(embedded, self.library, self.usual)

    def within(self, scope: Scope) -> Scope:
        """A scope with the usual one where it says nothing; another organisation's question has no usual unit."""
        unit = self.usual.unit if scope.organisation in (None, self.usual.organisation) else None
        return Scope(scope.organisation or self.usual.organisation, scope.unit or unit, scope.year or self.usual.year)

    def unknown(self, organisation: str) -> str | None:
        """None if the organisation has a plan, else some of the organisations that have."""
        known = self.library.known()
        if not choose("", known, Scope(organisation), self.answerer.today).missing:
            return None
        names = list(dict.fromkeys(filter(None, (each.description.organisation for each in known))))
        more = [words().and_others.format(count=len(names) - _NAMED)] if len(names) > _NAMED else []
        return ", ".join([*names[:_NAMED], *more])


def asked(question: str) -> str:
    """A question without the white space around it; `QuestionError` where it is empty or too long."""
    question = question.strip()
    if not question:
        raise QuestionError(words().no_question)
    if len(question) > LONGEST:
        raise QuestionError(words().long_question.format(count=len(question), most=LONGEST))
    return question


# A batch: one JSON object a line, in and out


def answer_lines(asker: Asker, lines: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
    """Each question's answer as a line of JSON, in order, and whether it is one; blank lines are passed over.

    A line that holds no question gives {"id": null, "error": …} in its place.
    """
    for line in lines:
        if not line.strip():
            continue
        id_: Id = None
        try:
            query = read_query(line)
            id_ = query.id
            answer = asker.ask_warm(query)
        except QuestionError as error:
            yield json.dumps({"id": None, "error": str(error)}, ensure_ascii=False), False
        except Exception as error:  # the fault is ours, and the other questions can be answered all the same
            trouble = " ".join(f"{type(error).__name__}: {error}".split())
            fault = words().fault.format(culprit=id_, trouble=trouble)
            yield json.dumps({"id": id_, "error": fault}, ensure_ascii=False), False
        else:
            yield json.dumps(record(answer, id_), ensure_ascii=False), True


def read_query(line: bytes) -> Query:
    """A line of a batch; `QuestionError` says what is wrong with it. Keys that are not asked for are passed over."""
    try:
        text = line.decode("utf-8-sig")
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()  # half a character can be escaped in JSON, and written nowhere
    except (ValueError, RecursionError) as error:
        raise QuestionError(words().not_json.format(trouble=error)) from None
    if not isinstance(found, dict):
        raise QuestionError(words().not_json.format(trouble=type(found).__name__))
    question, history, id_ = found.get("question"), found.get("history") or [], found.get("id")
    if not isinstance(question, str):
        raise _wrong("question", "string")
    if not isinstance(history, list) or not all(isinstance(each, str) for each in history):
        raise _wrong("history", "[string, …]")
    if isinstance(id_, (dict, list)):
        raise _wrong("id", "string")
    wanted = found.get("language")
    if wanted not in (None, *get_args(Language)):
        raise _wrong("language", "sv | en")
    return Query(asked(question), tuple(history), _read_scope(found.get("scope") or {}), id_, wanted)


def _read_scope(found: object) -> Scope:
    if not isinstance(found, Mapping):
        raise _wrong("scope", "{organisation, unit?, year?}")
    for name in ("organisation", "unit"):
        if not isinstance(found.get(name), str | None):
            raise _wrong(f"scope.{name}", "string")
    year: Any = found.get("year")
    if isinstance(year, str) and year.isdecimal() and len(year) == 4:
        year = int(year)
    if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
        raise _wrong("scope.year", "number")
    return Scope(found.get("organisation") or None, found.get("unit") or None, year)


def _wrong(name: str, kind: str) -> QuestionError:
    return QuestionError(words().wrong_field.format(name=name, kind=kind))


def record(answer: Answer, id_: Id = None) -> dict[str, object]:
    """An answer as the contract has it."""
    return {
        "id": id_,
        "answer": answer.answer,
        "language": answer.language,
        "abstained": answer.abstained,
        "answered_by": answer.answered_by,
        "citations": [citation_record(citation) for citation in answer.citations],
        "computed": [
            {"value": each.value, "formula": each.formula, "from": list(each.sources)} for each in answer.computed
        ],
        "seconds": answer.seconds,
    }


def citation_record(citation: Citation) -> dict[str, object]:
    """A citation as the contract has it: table, row and column only where there is one."""
    fields: dict[str, object] = {
        name: getattr(citation, name) for name in ("n", "document", "section", "page", "page_label", "quote")
    }
    table = {name: getattr(citation, name) for name in ("table", "row", "column")}
    return fields | {name: value for name, value in table.items() if value is not None}


# A person reads


def on_terminal(text: str) -> str:
    """A document's words without what a terminal would obey."""
    return "".join(c for c in text if c.isprintable() or c == "\n" or unicodedata.category(c) in ("Zs", "Co"))


def sources(citations: Sequence[Citation], spoken: Language | None = None) -> Iterator[str]:
    """An answer's numbered sources, two lines each: where it stands, and the words."""
    for citation in citations:
        place = (citation.document, citation.section, page_of(citation, spoken or language()), cell_of(citation))
        yield on_terminal(f"[{citation.n}] {', '.join(filter(None, place))}")
        yield on_terminal(f"    ”{_shortened(citation.quote)}”")


def _shortened(quote: str) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= _SHOWN else quote[: quote.rfind(" ", 0, _SHOWN)].rstrip() + " …"
