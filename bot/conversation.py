"""The conversation core: a message in, a reply out, the same in every chat. Safe to share between threads.

A message is kept in SQL before its chat is told that it arrived, and so is its reply before it is sent: whatever is
delivered twice, out of order or around a restart is answered once.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock
from uuid import uuid4
from weakref import WeakValueDictionary

from bot.asking import LONGEST, NO_SCOPE, Asker, Query
from bot.beside import suggestions, table_of
from bot.cited import Opened, cited, opened
from bot.commands import NAMES, Command, command_in
from bot.deadlines import address, calendar, deadlines
from bot.deadlines import table_of as deadline_table
from bot.logs import timed
from bot.message import File, Message, Reply, Source, Suggestion
from bot.phrases import cell_of, page_of, say
from bot.settings import Settings
from bot.state import EXPIRE, Kept, Made, Person, State, Verdict
from bot.tour import STEPS, Area, step
from ingest.describe import plain
from ingest.source import Span
from retrieval.evidence.answer_types import Answer, Citation
from retrieval.evidence.naming import plan_name
from retrieval.language.cues import asked as asks_in
from retrieval.language.dates import limits
from retrieval.language.swedish import Language
from retrieval.language.swedish import language as language_of
from retrieval.question.leaning import leans
from retrieval.question.scope import Chosen, Scope, choose
from retrieval.store.index import AWAY, UnknownDocument
from retrieval.store.known import Known

log = logging.getLogger("plansvar")

_EARLIER = 6  # questions that a follow-up may lean on
_RECENT = 24 * 3600.0  # seconds after which a question is no longer one to lean on
_MINUTE = 60.0
_CHANNEL = 3  # a channel may ask as much as this many people
_NAMED = 5  # plans or organisations named in a sentence
_SHOWN = 100  # characters of a name that is told back
_LISTED = 20  # deadlines in one message: more are counted, and in the calendar
_AROUND = 300  # characters shown before and after a quote
_LANGUAGES: dict[str, Language] = {"sv": "sv", "sw": "sv", "en": "en"}
_OF_NO_PLAN: frozenset[str] = frozenset(("greeting", "thanks", "instruction", "personal"))
_KEPT = 5 * LONGEST  # characters of a message: enough to say by how much it is too long
_PATIENCE = 1.0  # seconds in which a database may come back before somebody hears of it: Slack waits for three
_UNKEPT = 10_000  # events that are recognised while nothing can be kept
_WORDS = 2000  # characters kept of what somebody says of an answer


class Conversation:
    """Answers messages from the stored plans, and remembers what it must."""

    def __init__(self, asker: Asker, state: State, settings: Settings) -> None:
        self.asker, self.state, self.settings = asker, state, settings
        self._lock = Lock()
        self._locks: WeakValueDictionary[str, Lock] = WeakValueDictionary()
        self._away: float | None = None  # since when the database can't be reached
        self._unkept: dict[str, None] = {}  # events that could not be kept, oldest first

    # What a chat calls

    def accept(self, message: Message) -> bool:
        """Keep a message, before its chat is told that it arrived; False where there is nothing to answer: it was seen
        before, is a program's, or was said among others in a thread without naming the assistant.

        While the database can't be reached nothing is kept, and what surely is for us is accepted all the same: the
        reply says so.
        """
        if message.bot:
            return False
        while True:
            try:
                with timed("keep"):
                    taken = self.state.accept(_storable(message))
                self._away = None
                return taken
            except AWAY as error:  # a moment's absence is nobody's business
                now = time.monotonic()
                self._away = self._away or now  # however many ask meanwhile, none waits longer than the first
                if now - self._away > _PATIENCE:
                    log.error("a message in %s was not kept: %s", message.chat, _absence(error))
                    return (message.direct or message.mentioned) and self._is_new(message.event)
                time.sleep(_PATIENCE / 4)

    def _is_new(self, event: str) -> bool:
        """Whether an event that could not be kept came for the first time."""
        with self._lock:
            new = event not in self._unkept
            self._unkept[event] = None
            while len(self._unkept) > _UNKEPT:
                del self._unkept[next(iter(self._unkept))]
        return new

    def reply(self, message: Message) -> Reply:
        """The reply to a message that was accepted; the same one each time it is asked for."""
        try:
            with timed("reply"), self._one_at_a_time(message.person):
                return self._reply(_storable(message))
        except AWAY as error:
            log.error("a message in %s was not answered: %s", message.chat, _absence(error))
            language = language_of(message.text)
            return Reply(say("away", language), language)
        except Exception as error:  # told to the person as a sentence, and to whoever runs this as a trace
            reference = uuid4().hex[:8]
            log.error("reference %s: a message in %s was not answered\n%s", reference, message.chat, traced(error))
            language = language_of(message.text)
            return Reply(say("error", language, reference=reference), language)

    def delivered(self, message: Message) -> None:
        """Note that a message's reply has reached its chat: at once, or when the database can be reached again."""
        self.state.delivered(message.event)

    def pending(self, chat: str) -> Sequence[Message]:
        """A chat's messages that were accepted and not answered, because a process stopped: to be answered now."""
        return self.state.pending(chat)

    def hold(self, chat: str) -> None:
        """Say that this process is still at work on what it accepted in a chat: from one that says nothing for long,
        another takes it over."""
        self.state.hold(chat)

    def leave(self, message: Message) -> None:
        """Give up a message for now, to be pending again after a while."""
        self.state.leave(message.event)

    def holds(self, message: Message) -> bool:
        """Whether a message is still this process's to answer; where nobody can tell, it is."""
        try:
            return self.state.holds(message.event)
        except AWAY:
            return True

    def source(self, answer: str, n: int, person: str) -> Source | None:
        """Citation n of an answer with the words around it; None where there is none that this person may see."""
        kept = self.state.answered(answer)
        if kept is None or not _may_see(kept, person):
            return None
        return self._source(kept, n)

    def feedback(self, answer: str, person: str, verdict: Verdict, words: str = "") -> bool:
        """Keep what a person thinks of an answer; False where there is no such answer that they may see."""
        kept = self.state.answered(answer)
        if kept is None or not _may_see(kept, person):
            return False
        self.state.judge(kept, person, verdict, _clean(words.strip()[:_WORDS]))
        return True

    def expire(self) -> None:
        """Erase what is older than it may be kept, unless another process just did, and note what plans were stored or
        removed."""
        if self.state.due("expire", EXPIRE):
            self.state.expire(self.settings.history_days, self.settings.feedback_days)
        self.state.audit()

    def spoken(self, message: Message) -> Language:
        """The language that a chat speaks to somebody outside answers: the one they chose, else their client's."""
        return self.state.person(message.person).language or self._of_client(message)

    def _of_client(self, message: Message) -> Language:
        return message.language or self.settings.language or "sv"

    def plans(self, language: Language, scope: Scope = NO_SCOPE) -> str:
        """The plans that answers come from, by name; all where nothing says which."""
        documents = [known for group in self._chosen(scope).groups for known in group] or self.asker.library.known()
        return _some((plan_name(known.description) for known in documents), language) or say("no_plan", language)

    def notice(self, language: Language, scope: Scope = NO_SCOPE) -> str:
        """What somebody new is told: what this is, whose plan it answers from, what is kept and what is sent on."""
        hosts = self.settings.receivers
        return say(
            "notice",
            language,
            plans=self.plans(language, scope),
            sent=say("sent", language, hosts=", ".join(hosts)) if hosts else say("stays", language),
            history=self.settings.history_days,
            feedback=self.settings.feedback_days,
        )

    # One message

    def _reply(self, message: Message) -> Reply:
        kept = self.state.kept(message.event) or Kept(message, None, None, self.state.clock(), 0)
        if kept.reply is not None:
            return kept.reply
        person = self.state.person(message.person)
        command = command_in(message.text) if message.text.strip() else Command("help")
        language = person.language or (command and command.language) or self._of_client(message)
        scope = self._scope(message, person)
        if self._too_many(kept):
            made = Made(Reply(say("too_many", language), language))
        elif command and (found := self._commanded(command, kept, person, scope, language)):
            made = found
        elif person.waiting and self._organisation(message.text):
            made = self._set_scope(message.text, kept, person, language)
        elif command is None and message.text.lstrip().startswith("/"):
            unknown = message.text.split()[0][:_SHOWN]
            made = Made(
                Reply(say("unknown", language, command=unknown), language, suggestions=_buttons(language, "help"))
            )
        else:
            question = command.rest if command and command.name == "ask" and command.rest else message.text
            made = self._asked(question, kept, scope, person.language)
        notice = ""
        if not person.told and not (command and command.name == "forget"):
            notice = self.notice(made.reply.language, self._scope(message, self.state.person(message.person)))
        return self.state.finish(message, made, notice)

    @contextmanager
    def _one_at_a_time(self, person: str) -> Iterator[None]:
        """A person's messages are answered one after the other, so that each sees what the one before it did."""
        with self._lock:
            mine = self._locks.setdefault(person, Lock())
        with mine:
            yield

    def _too_many(self, kept: Kept) -> bool:
        if not kept.number:
            return False
        most = self.settings.questions_per_minute
        person, channel = self.state.counted(kept, _MINUTE)
        return person > most or (not kept.message.direct and channel > _CHANNEL * most)

    def _asked(self, text: str, kept: Kept, scope: Scope, chosen: Language | None) -> Made:
        """The reply to a question, in the language that the person chose or else its own; where nothing says whose plan
        it is about, the question who."""
        question, message = text.strip(), kept.message
        language = chosen or language_of(question)
        if len(question) > LONGEST:
            return Made(Reply(say("too_long", language, count=len(question), most=LONGEST), language))
        known = self.asker.library.known()
        history = self.state.history(kept, _EARLIER, _RECENT)
        if self._is_open(question, history, scope):
            self.state.remember(message.person, waiting=question)
            return Made(self._which(language, message.direct))
        answer = self.asker.ask(Query(question, tuple(history), scope, language=chosen))
        names = {citation.document for citation in answer.citations}
        plans = opened(self.asker.library, (each for each in known if each.name in names))
        reply = Reply(
            answer.answer,
            answer.language,
            citations=answer.citations,
            table=table_of(answer, plans, answer.language),
            suggestions=suggestions(answer, plans, self.asker.answerer.lexicon),
            answer=uuid4().hex,
        )
        # A greeting, or what is no business of the plan's, is refused without one: that is no gap in the plan.
        nearest = _nearest(answer) if answer.abstained and answer.plan else None
        return Made(reply, question, answer.plan, nearest)

    def _is_open(self, question: str, history: Sequence[str], scope: Scope) -> bool:
        """Whether nothing says whose plan a question is about, neither it nor the one that it leans on."""
        if asks_in(question) & _OF_NO_PLAN:
            return False
        known, within, today = self.asker.library.known(), self.asker.within(scope), self.asker.answerer.today
        leant = [history[-1]] if history and leans(question, history[-1]) else []
        return all(choose(each, known, within, today).open for each in (question, *leant))

    # Commands

    def _commanded(self, command: Command, kept: Kept, person: Person, scope: Scope, language: Language) -> Made | None:
        """The reply to a command; None where it is a question after all."""
        message = kept.message
        match command.name:
            case "help":
                return Made(self._help(language))
            case "plan":
                return Made(self._plans(scope, language))
            case "sources":
                return Made(self._sources(message, command.rest, language))
            case "language":
                return Made(self._language(message, command.rest, language))
            case "deadlines":
                return self._deadlines(command, scope, language)
            case "start" | "next":
                return self._tour(command, kept, person, scope, language)
            case "scope":
                named = command.rest[:1].isupper() and not command.rest.endswith("?")
                if command.rest and not (command.certain or named or self._organisation(command.rest)):
                    return None
                return self._set_scope(command.rest, kept, person, language)
            case "forget":
                return Made(self._forget(message, language))
            case "right" | "wrong" | "wrong_source" as verdict:
                return Made(self._judged(message, verdict, command.rest, language))
        return None

    def _help(self, language: Language) -> Reply:
        return Reply(say("help", language), language, suggestions=_buttons(language, "start", "deadlines", "plan"))

    def _plans(self, scope: Scope, language: Language) -> Reply:
        known = self.asker.library.known()
        if not known:
            return Reply(say("empty", language), language)
        current = {each.id for group in self._chosen(scope).groups for each in group}
        lines = [f"{'* ' if each.id in current else ''}{each.name}: {plan_name(each.description)}" for each in known]
        return Reply("\n".join([*lines, say("current", language)] if current else lines), language)

    def _sources(self, message: Message, rest: str, language: Language) -> Reply:
        kept = self.state.last_answer(message)
        cited = kept.reply.citations if kept and kept.reply else ()
        if kept is None or not cited:
            return Reply(say("no_sources", language), language)
        if not rest:
            return Reply("\n".join(_place(each, language) for each in cited), language, citations=cited)
        n = int(rest)
        found = self._source(kept, n)
        if found is None:
            return Reply(say("no_source", language, n=n), language)
        lines = [
            _place(found.citation, language, quoted=False),
            f"…{found.before}»{found.citation.quote}«{found.after}…",
        ]
        lines += [found.link] if found.link else []
        return Reply("\n".join(lines), language, citations=(found.citation,))

    def _language(self, message: Message, rest: str, language: Language) -> Reply:
        wanted = _LANGUAGES.get(rest.casefold()[:2])
        if wanted is None and rest.casefold() != "auto":
            return Reply(say("which_language", language), language)
        self.state.remember(message.person, language=wanted)
        return Reply(say("language" if wanted else "language_auto", wanted or language), wanted or language)

    def _forget(self, message: Message, language: Language) -> Reply:
        before = self.state.forget(message.person, message.event)
        after = self.state.count(message.person)
        counted = [", ".join(say(name, language, count=n) for name, n in each.items()) for each in (before, after)]
        return Reply(say("forgotten", language, before=counted[0], after=counted[1]), language)

    def _judged(self, message: Message, verdict: Verdict, words: str, language: Language) -> Reply:
        kept = self.state.last_answer(message)
        if kept is None or kept.reply is None or kept.reply.answer is None:
            return Reply(say("nothing_to_judge", language), language)
        self.feedback(kept.reply.answer, message.person, verdict, words)
        return Reply(say("thanks", language), language)

    # Lists and the tour

    def _deadlines(self, command: Command, scope: Scope, language: Language) -> Made | None:
        """What is due from today on; "ics", a body that is responsible or days may follow. None: it is a question."""
        plans, plan = self._current(scope, language)
        if not plans:
            return Made(self._no_plan(language))
        rest, today = command.rest, self.asker.answerer.today
        as_calendar = rest.casefold() in ("ics", "kalender", "calendar")
        days = None if as_calendar else limits(rest, plans[0].facts.year or today.year, today)
        who = rest if rest and not as_calendar and not days else None
        if who and not command.certain and not deadlines(plans, who=who):
            return None
        first, last = (days.first, days.last) if days else (None if as_calendar or who else today, None)
        found = deadlines(plans, first, last, who)
        if first == today and not found:  # the year is over: what was due is still of use
            first, found = None, deadlines(plans)
        said = "".join(
            say(key, language, **{hole: value})
            for key, hole, value in (("due_of", "who", who), ("due_from", "day", first), ("due_to", "day", last))
            if value
        )
        if as_calendar:
            count = sum(each.item is not None and each.due is not None for each in found)
            content = calendar(found, self.settings.public_url, datetime.now(UTC))
            text = say("due_ics", language, count=count, limits=said, plan=plan)
            return Made(Reply(text, language, files=(File("plansvar.ics", "text/calendar", content),)))
        if not found:
            return Made(Reply(say("due_none", language, limits=said, plan=plan), language))
        shown = sorted(found[:_LISTED], key=lambda each: each.item is None)  # what only the text says comes last
        made = cited([each.statement(language) for each in shown], plans)
        lines = [say("due_found", language, count=len(found), limits=said, plan=plan)]
        for each, line in zip(
            (each for each in shown if each.statement(language) in made.kept), made.lines, strict=True
        ):
            if each.item is None and say("due_text", language) not in lines:
                lines.append(say("due_text", language))
            lines.append(f"• {line}")
        if len(found) > len(made.kept):
            lines.append(say("due_more", language, count=len(found) - len(made.kept)))
        table = deadline_table(shown, language)
        bodies = Counter(each.responsible[0] for each in found if each.responsible)
        word = NAMES["deadlines"][language][0]
        buttons = [Suggestion(say("button_ics", language), f"{word} ics")]
        buttons += [] if who else [Suggestion(body, f"{word} {body}") for body, _ in bodies.most_common(2)]
        return Made(
            Reply(
                "\n".join(lines),
                language,
                citations=made.citations,
                table=replace(table, sources=made.numbers) if len(made.kept) == len(shown) else None,
                suggestions=tuple(buttons),
                answer=uuid4().hex,
            )
        )

    def _tour(self, command: Command, kept: Kept, person: Person, scope: Scope, language: Language) -> Made | None:
        """The next step of the tour; "start" with an area begins one of that area, "start over" begins again."""
        plans, plan = self._current(scope, language)
        if not plans:
            return Made(self._no_plan(language))
        again = command.rest.casefold() in ("om", "över", "over", "again")
        named = "" if again or command.name == "next" else command.rest
        area = Area(plans, named or (person.area or ""), self.asker.answerer.lexicon)
        lines = []
        if not area.found:
            if named and not command.certain:
                return None
            lines = [say("tour_no_area", language, area=area.name)]
            area = Area(plans)
        number = person.step or 0
        if kept.message.event != person.step_event:  # else it is the same message again, after a restart
            number = 1 if again or named or number >= STEPS else number + 1
            area = Area(plans) if again else area
            self.state.remember(kept.message.person, step=number, step_event=kept.message.event, area=area.name or None)
        made = step(number, area, language, self.asker.answerer.today)
        if number == 1:
            key = "tour_area" if area.name else "tour_whole"
            lines.append(say(key, language, plan=plan, area=area.name))
        lines += [*made.lines, say("tour_next" if number < STEPS else "tour_done", language)]
        answer = Answer("", language, False, "lookup", made.cited.citations)
        ahead = _buttons(language, "next") if number < STEPS else _buttons(language, "deadlines")
        return Made(
            Reply(
                "\n".join(lines),
                language,
                citations=made.cited.citations,
                table=made.table,
                suggestions=(*ahead, *suggestions(answer, plans, self.asker.answerer.lexicon)[:2]),
                answer=uuid4().hex,
            )
        )

    def _current(self, scope: Scope, language: Language) -> tuple[list[Opened], str]:
        """The plans that "our" means, and their name; none where nothing says which."""
        documents = [each for group in self._chosen(scope).groups for each in group]
        name = _some((plan_name(each.description) for each in documents), language)
        return opened(self.asker.library, documents), name

    def _no_plan(self, language: Language) -> Reply:
        """What is said where no plan is chosen: which there are to choose from."""
        if not self.asker.library.known():
            return Reply(say("empty", language), language)
        return self._which(language, True)

    # Whose plan

    def _scope(self, message: Message, person: Person) -> Scope:
        """What "our" means: in a channel what was chosen for it, else the person's own choice."""
        if not message.direct:
            here = self.state.channel_scope(message.channel)
            if here.organisation:
                return here
        return person.scope

    def _chosen(self, scope: Scope) -> Chosen:
        return choose("", self.asker.library.known(), self.asker.within(scope), self.asker.answerer.today)

    def _organisations(self) -> list[str]:
        names = (known.description.organisation for known in self.asker.library.known())
        return list(dict.fromkeys(filter(None, names)))

    def _organisation(self, text: str) -> str | None:
        """The organisation that a text begins with, the longest where several fit."""
        said = f"{plain(text)} "
        fits = [name for name in self._organisations() if said.startswith(f"{plain(name)} ")]
        return max(fits, key=len, default=None)

    def _which(self, language: Language, direct: bool) -> Reply:
        choices = tuple(Suggestion(name, f"{NAMES['scope'][language][0]} {name}") for name in self._organisations())
        names = _some(self._organisations(), language)
        return Reply(
            f"{say('which' if direct else 'which_here', language)} {names}", language, suggestions=choices[:_NAMED]
        )

    def _set_scope(self, rest: str, kept: Kept, person: Person, language: Language) -> Made:
        message, names = kept.message, _some(self._organisations(), language)
        if not rest:
            chosen = self._chosen(self._scope(message, person))
            current = _some((plan_name(each.description) for group in chosen.groups for each in group), language)
            key = "scope_is" if current else "scope_none"
            return Made(Reply(say(key, language, plan=current, names=names), language))
        unknown = Reply(say("scope_unknown", language, name=rest[:_SHOWN], names=names), language)
        organisation = self._organisation(rest)
        if organisation is None:
            return Made(unknown)
        left = plain(rest).removeprefix(plain(organisation)).strip()
        year = re.search(r"\b(?:19|20)\d{2}\b", left)
        unit = left.replace(year[0], "").strip() if year else left
        units = {plain(u): u for known in self.asker.library.known() if (u := known.description.unit)}
        scope = Scope(organisation, units.get(unit), int(year[0]) if year else None)
        chosen = self._chosen(scope)
        fits = [each for group in chosen.groups for each in group]
        if (
            not fits
            or (unit and unit not in units)
            or not all(_covers(each, scope.year) for each in fits if scope.year)
        ):
            return Made(unknown)
        if message.direct:
            self.state.remember(
                message.person, organisation=scope.organisation, unit=scope.unit, year=scope.year, waiting=None
            )
        else:
            self.state.set_channel_scope(message.channel, scope)
            self.state.remember(message.person, waiting=None)
        plans = _some((plan_name(each.description) for each in fits), language)
        said = say("scope_set" if message.direct else "scope_set_here", language, plan=plans)
        if person.waiting:
            made = self._asked(person.waiting, kept, scope, person.language)
            return replace(made, reply=replace(made.reply, text=f"{said}\n\n{made.reply.text}"))
        return Made(Reply(said, language))

    # Sources

    def _source(self, kept: Kept, n: int) -> Source | None:
        cited = kept.reply.citations if kept.reply else ()
        citation = next((each for each in cited if each.n == n), None)
        if citation is None:
            return None
        before = after = ""
        try:
            text = self.asker.library.index.text(citation.document)
        except UnknownDocument:  # removed since
            return Source(citation, before, after, None)
        start = citation.start
        if start is None or text[start : start + len(citation.quote)] != citation.quote:  # stored anew since
            return Source(citation, before, after, None)
        end = start + len(citation.quote)
        before, after = _around(text, start, end)
        public = self.settings.public_url
        link = address(public, citation.document, Span(start, end)) if public else None
        return Source(citation, before, after, link)


def _storable(message: Message) -> Message:
    """A message as any database takes it: no NUL, no half of a character, and not longer than anybody writes."""
    return replace(message, text=_clean(message.text[:_KEPT]))


def _clean(text: str) -> str:
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _may_see(kept: Kept, person: str) -> bool:
    """What was said in a channel is everybody's there; what was said to one alone is theirs."""
    return not kept.message.direct or kept.message.person == person


def _nearest(answer: Answer) -> str:
    """Where in the plan an answer stands, or would have stood."""
    return next(iter((*answer.sections, *(citation.section for citation in answer.citations))), "")


def _covers(known: Known, year: int) -> bool:
    period = known.description.period
    return period is not None and period.start.year <= year <= period.end.year


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after a place: whole ones, without the empty lines that extraction leaves between them."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = re.sub(r"^\S*\s", "", before)
    if end + _AROUND < len(text):
        after = re.sub(r"\s\S*$", "", after)
    return re.sub(r"\s*\n\s*", "\n", before), re.sub(r"\s*\n\s*", "\n", after)


def _some(names: Iterable[str], language: Language) -> str:
    """The first of some names, each once, and how many more there are."""
    each = list(dict.fromkeys(names))
    more = [say("and_more", language, count=len(each) - _NAMED)] if len(each) > _NAMED else []
    joint = "; " if any("," in name for name in each) else ", "
    return joint.join([*each[:_NAMED], *more])


def _place(citation: Citation, language: Language, quoted: bool = True) -> str:
    """A citation as a line: its number, where it stands, and its words."""
    place = (citation.document, citation.section, page_of(citation, language), cell_of(citation))
    words = f" ”{' '.join(citation.quote.split())}”" if quoted else ""
    return f"[{citation.n}] {', '.join(filter(None, place))}{words}"


def _buttons(language: Language, *names: str) -> tuple[Suggestion, ...]:
    words = (NAMES[name][language][0] for name in names)  # type: ignore[index]
    return tuple(Suggestion(word.capitalize(), word) for word in words)


def _absence(error: Exception) -> str:
    """Why the database can't be reached, without what was to be written there."""
    return f"the database can't be reached ({type(getattr(error, 'orig', None) or error).__name__})"


def traced(error: BaseException) -> str:
    """Where an exception came from, without what it says: that may quote what somebody asked."""
    lines: list[str] = []
    each: BaseException | None = error
    while each is not None:
        lines += [*traceback.format_tb(each.__traceback__), f"{type(each).__qualname__}\n"]
        each = each.__cause__ or each.__context__
    return "".join(lines).rstrip()
