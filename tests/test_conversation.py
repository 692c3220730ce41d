"""The conversation core: a message in, a reply out, each answered once whatever the chat does."""

from __future__ import annotations

import logging
import os
import random
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from conftest import PLAN_TEXT, Talk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.asking import Asker, Query
from bot.build import build_conversation, build_index
from bot.commands import NAMES
from bot.conversation import Conversation
from bot.message import Message
from bot.phrases import say
from bot.settings import read_settings
from bot.state import State
from ingest.read import read_plan
from retrieval.answer import Answerer
from retrieval.language.lexicon import Lexicon
from retrieval.question.scope import Scope
from retrieval.store.index import Index
from retrieval.store.library import IndexLibrary

TARGET = "Vad är målet för sjukfrånvaron?"
NETTO = "Vad är nettobudgeten för förskolan?"
LEXICON = Lexicon()


@pytest.fixture
def open_talk(samples: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talk]:
    """The same where nothing says whose plan is meant."""
    monkeypatch.delenv("PLANSVAR_ORGANISATION")
    index = build_index(read_settings())
    yield Talk(build_conversation(read_settings(), index))
    index.close()


# Answers


def test_answer(talk: Talk) -> None:
    """A question is answered with citations, an id to judge it by, and what may be asked next."""
    reply = talk(TARGET)
    assert "6,8 %" in reply.text
    assert reply.language == "sv"
    assert reply.citations[0].row == "Sjukfrånvaro"
    assert reply.answer
    assert [each.text for each in reply.suggestions][:1] == ["Vad är målet för Sjukfrånvaro dag 1–14?"]


def test_follow_up_in_its_thread(talk: Talk) -> None:
    """A follow-up leans on the same person's questions in the same thread, and on no other."""
    talk(NETTO, thread="slack:T:C:1", mentioned=True)
    assert "401,3" in talk("och för äldreomsorgen?", thread="slack:T:C:1").text
    assert "401,3" not in talk("och för äldreomsorgen?", thread="slack:T:C:2", mentioned=True).text
    assert "401,3" not in talk("och för äldreomsorgen?", "slack:T:bo", "slack:T:C:1", mentioned=True).text


def test_commands_are_no_history(talk: Talk) -> None:
    """What was no question is nothing to lean on, and questions of yesterday are not either."""
    talk(NETTO)
    talk("planer")
    talk("/hjälp")
    assert "401,3" in talk("och för äldreomsorgen?").text
    clock = talk.conversation.state.clock
    talk.conversation.state.clock = lambda: clock() + 2 * 86400
    assert "401,3" not in talk("och för äldreomsorgen?").text


def test_table(talk: Talk) -> None:
    """What is listed comes as a table too, each row with the number of its citation."""
    reply = talk("Vilka aktiviteter ska vara klara senast den 31 mars 2026?")
    assert reply.table is not None
    assert reply.table.columns == ("Klart", "Aktivitet", "Ansvarig")
    assert len(reply.table.rows) > 3
    numbers = {citation.n: citation for citation in reply.citations}
    for row, n in zip(reply.table.rows, reply.table.sources, strict=True):
        assert n is not None
        assert row[0] in numbers[n].quote
        assert f"[{n}]" in reply.text


def test_suggestions_are_answered(talk: Talk) -> None:
    """What is suggested is a question that the plan answers, and not the one just asked."""
    asked = [TARGET, NETTO, "Vad ska göras åt matsvinnet?", "What is our target for sick leave?", "När öppnar Grottan?"]
    suggested = 0
    for n, question in enumerate(asked):
        person = f"slack:T:p{n}"
        reply = talk(question, person)
        for each in reply.suggestions:
            suggested += 1
            assert each.text != question
            led = talk(each.text, f"{person}:{suggested}")
            assert led.citations, f"{question} → {each.text}: {led.text}"
            assert led.language == reply.language, each.text
    assert suggested >= 2 * len(asked) - 2


def test_long_and_empty(talk: Talk) -> None:
    """A question that is too long is told so; a mention without words gets help."""
    assert "2001" in talk("a" * 2001).text
    assert "deadlines" in talk("   ").text


def test_unknown_command(talk: Talk) -> None:
    """A command that isn't there is told, not searched for in the plan."""
    assert "/foo" in talk("/foo bar").text


@pytest.mark.parametrize("text", ["Plan för sjukfrånvaron?", "start date for Ärlan?", "Rätt till förskola?", "Hjälp!?"])
def test_questions_that_begin_like_commands(talk: Talk, text: str) -> None:
    """A question stays a question though its first word is a command's."""
    assert talk.conversation.state.history is not None
    reply = talk(text)
    assert "Steg 1" not in reply.text
    assert "Norrsjö" in reply.text or reply.answer is None or reply.answer


_WRITTEN = st.text(max_size=60) | st.builds(
    lambda slash, word, rest: f"{slash}{word} {rest}",
    st.sampled_from(["", "/"]),
    st.sampled_from([word for each in NAMES.values() for spoken in each.values() for word in spoken]),
    st.text(max_size=30),
)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=_WRITTEN | st.just("a\0b \ud800"), thread=st.booleans())
def test_whatever_is_written(talk: Talk, text: str, thread: bool) -> None:
    """Nothing that a person can write is a fault of ours, and the reply to it can be kept."""
    reply = talk(text, thread="slack:T:C:1" if thread else "", mentioned=True, person=f"slack:T:{uuid4()}")
    assert "Något gick fel" not in reply.text
    assert "Something went wrong" not in reply.text
    assert reply.text.strip()


# Who is told what


def test_notice_once(talk: Talk) -> None:
    """Each person is told once that this is an automatic assistant, whose plan it answers from and what is kept."""
    first, second, other = talk(TARGET), talk(NETTO), talk(TARGET, "slack:T:bo", language="en")
    assert first.notice is not None
    for words in ("automatisk assistent", "Norrsjö, verksamhetsplan 2026", "30 dagar", "90 dagar", "glöm mig"):
        assert words in first.notice
    assert second.notice is None
    assert other.notice is not None


def test_notice_names_who_receives(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where questions are sent on, the notice names the hosts, and no password."""
    monkeypatch.setenv("PLANSVAR_MODEL_URL", "http://user:hemlig@model.example/v1")
    monkeypatch.setenv("PLANSVAR_MODEL_NAME", "m")
    monkeypatch.setenv("PLANSVAR_CHROMA_URL", "http://chroma.example:8000")
    monkeypatch.setenv("PLANSVAR_EMBEDDER_URL", "http://unused.example/v1")
    index = build_index(read_settings())
    notice = build_conversation(read_settings(), index).notice("sv")
    index.close()
    assert "model.example, chroma.example" in notice
    assert "hemlig" not in notice
    assert "unused" not in notice


def test_language(talk: Talk) -> None:
    """Commands are told in the language of their word, else in that of the person's client."""
    assert talk("help").language == "en"
    assert talk("hjälp").language == "sv"
    assert talk("plan", language="en").language == "en"
    assert talk("plan", language="sv").language == "sv"


def test_a_language_chosen_holds_for_all(talk: Talk) -> None:
    """A language that a person chooses is that of answers, lists, buttons and commands, until they choose again."""
    english = "What is our target for sick leave?"
    assert talk("language sv").text == say("language", "sv")
    chosen = talk(english)
    assert chosen.language == "sv"
    assert chosen.text == talk(TARGET).text
    assert [each.text for each in chosen.suggestions] == [each.text for each in talk(TARGET).suggestions]
    assert {talk(said).language for said in ("help", "deadlines", "start", "hello", "x" * 3000)} == {"sv"}
    assert talk.conversation.spoken(talk.message("hej", language="en")) == "sv"
    assert talk(english, "slack:T:bo").language == "en"
    assert talk("language en").text == say("language", "en")
    assert talk(TARGET).text == talk(english).text
    assert talk(TARGET).text.startswith("The 2026 target")
    assert talk("language auto").text == say("language_auto", "en")
    assert [talk(TARGET).language, talk(english).language] == ["sv", "en"]


def test_a_language_chosen_holds_for_prose(talk: Talk) -> None:
    """A Swedish question that is answered in English has an English sentence around the Swedish quote."""
    said = "Vad säger planen om kompetens?"
    before = talk(said)
    talk("language en")
    after = talk(said)
    assert [each.quote for each in after.citations] == [each.quote for each in before.citations]
    assert after.text.startswith("The plan says")
    assert " = " not in after.text


# Whose plan


def test_scope_is_asked_once(open_talk: Talk) -> None:
    """Where several organisations have plans the person chooses once, and the question is answered then."""
    which = open_talk(TARGET)
    assert [each.text for each in which.suggestions] == ["gäller Norrsjö", "gäller Granvalla-Östmo"]
    assert which.answer is None
    chosen = open_talk(which.suggestions[0].text)
    assert "6,8 %" in chosen.text
    assert "281,5" in open_talk(NETTO).text
    assert "Vems plan" in open_talk(TARGET, "slack:T:bo").text


def test_scope_is_not_asked_in_vain(open_talk: Talk) -> None:
    """A greeting needs no plan, and neither does a question that names one or leans on one that did."""
    assert "Hej!" in open_talk("Hej!").text
    assert "6,8 %" in open_talk("Vad är målet för sjukfrånvaron i Norrsjö?").text
    assert "2,4 %" in open_talk("och dag 1–14?").text


def test_scope_by_name_alone(open_talk: Talk) -> None:
    """The name of the organisation is answer enough."""
    open_talk(TARGET)
    assert "6,8 %" in open_talk("norrsjö").text


def test_scope_of_a_channel(open_talk: Talk) -> None:
    """What is chosen in a channel holds for all there, and in no direct conversation."""
    open_talk("gäller Granvalla-Östmo", thread="slack:T:C:1", mentioned=True)
    there = open_talk(TARGET, "slack:T:bo", "slack:T:C:2", mentioned=True)
    assert "Granvalla-Östmo" in there.text
    assert "Vems plan" in open_talk(TARGET, "slack:T:bo").text


def test_scope_with_year(talk: Talk) -> None:
    """A year chooses another plan of the same organisation; one that isn't there changes nothing."""
    assert "2025" in talk("scope Norrsjö 2025").text
    assert "2025" in talk(TARGET).text
    assert "Kalix" in talk("/scope Kalix").text
    assert talk("gäller Kalix").text == talk("/gäller kalix").text.replace("kalix", "Kalix")
    assert talk("gäller LSS även barn?").answer  # a question
    assert "no plan" in talk("/scope Norrsjö 1999").text
    assert "2025" in talk("gäller").text


def test_plans(talk: Talk) -> None:
    """The plans there are, those marked that hold here."""
    lines = talk("planer").text.splitlines()
    assert "* verksamhetsplan-2026-norrsjo.txt: Norrsjö, verksamhetsplan 2026" in lines
    assert "verksamhetsplan-2025-norrsjo.txt: Norrsjö, verksamhetsplan 2025" in lines


def test_nothing_stored(home: Path) -> None:
    """Without a plan every command says so, and none fails."""
    index = build_index(read_settings())
    talk = Talk(build_conversation(read_settings(), index))
    for text in ("planer", "tidsfrister", "börja", TARGET, "gäller", "gäller X", "källor", "rätt"):
        assert "fel hos mig" not in talk(text).text, text
    index.close()


# Sources and feedback


def test_sources(talk: Talk) -> None:
    """The last answer's sources are listed by a command, and opened by their number."""
    assert "inga källor" in talk("källor").text
    talk(TARGET)
    assert talk("källor").text.startswith("[1] verksamhetsplan-2026-norrsjo.txt, ")
    assert "»Sjukfrånvaro 6,8 %" in talk("källa 1").text
    assert "ingen källa 7" in talk("källa 7").text


def test_source(talk: Talk) -> None:
    """A citation opens with the words around it and a link to its place; only for those who could see the answer."""
    conversation = talk.conversation
    conversation.settings = conversation.settings.model_copy(update={"public_url": "https://plan.example/"})
    answer = talk(TARGET).answer
    assert answer is not None
    source = conversation.source(answer, 1, "slack:T:anna")
    assert source is not None
    text = conversation.asker.library.index.text(source.citation.document)
    around = f"{source.before}{source.citation.quote}{source.after}"
    assert f" {' '.join(around.split())} " in " ".join(text.split())  # whole words
    assert "\n\n" not in around
    start, end = source.citation.start or 0, (source.citation.start or 0) + len(source.citation.quote)
    assert source.link == f"https://plan.example/documents/verksamhetsplan-2026-norrsjo.txt?from={start}&to={end}"
    assert conversation.source(answer, 2, "slack:T:anna") is None
    assert conversation.source(answer, 1, "slack:T:bo") is None
    assert conversation.source("other", 1, "slack:T:anna") is None
    shared = talk(TARGET, thread="slack:T:C:1", mentioned=True).answer
    assert shared is not None
    assert conversation.source(shared, 1, "slack:T:bo") is not None


def test_source_of_a_plan_that_is_gone(talk: Talk) -> None:
    """What was cited can be read when its plan is stored no longer, without what stood around it."""
    answer = talk(TARGET).answer
    talk.conversation.asker.library.index.remove("verksamhetsplan-2026-norrsjo.txt")
    source = talk.conversation.source(str(answer), 1, "slack:T:anna")
    assert source is not None
    assert "6,8 %" in source.citation.quote
    assert (source.before, source.after, source.link) == ("", "", None)


def test_feedback(talk: Talk) -> None:
    """An answer is judged by a button or a word, the last verdict holds, and nobody judges what they can't see."""
    answer = talk(TARGET).answer
    assert answer is not None
    assert talk.conversation.feedback(answer, "slack:T:anna", "wrong", "  fel år  ")
    assert not talk.conversation.feedback(answer, "slack:T:bo", "wrong")
    assert not talk.conversation.feedback("other", "slack:T:anna", "wrong")
    assert [(each.verdict, each.words) for each in talk.conversation.state.judged()] == [("wrong", "fel år")]
    talk("rätt")
    talk("/fel källa det är KF:s mål")
    (judged,) = talk.conversation.state.judged()
    assert (judged.verdict, judged.words) == ("wrong_source", "det är KF:s mål")
    assert judged.question == TARGET
    assert "Sjukfrånvaro" not in judged.section
    assert judged.section.endswith("3.2 Ljungköping är en arbetsgivare att stanna hos")


def test_unanswered_is_kept(talk: Talk) -> None:
    """A question that the plan does not answer is kept for its editor; a greeting is not."""
    talk("Vad är målet för antalet isbjörnar?")
    talk("Hej!")
    (kept,) = talk.conversation.state.unanswered()
    assert "isbjörnar" in kept.question
    assert "Norrsjö" in kept.plan


# Who is answered


def test_bots_are_not_answered(talk: Talk) -> None:
    """What a program writes is passed over."""
    assert not talk.conversation.accept(talk.message(TARGET, bot=True))


def test_thread_until_somebody_else_writes(talk: Talk) -> None:
    """In a thread the asker's own messages are follow-ups until somebody else writes; then a mention is needed."""
    accept, thread = talk.conversation.accept, "slack:T:C:1"
    assert not accept(talk.message("Hej alla", thread=thread))
    assert accept(talk.message(NETTO, thread=thread, mentioned=True))
    assert accept(talk.message("och för äldreomsorgen?", thread=thread))
    assert not accept(talk.message("Intressant!", "slack:T:bo", thread))
    assert not accept(talk.message("Ja, verkligen", thread=thread))
    assert accept(talk.message("och vuxna?", "slack:T:bo", thread, mentioned=True))
    assert accept(talk.message("och barn?", "slack:T:bo", thread))
    assert not accept(talk.message("och äldre?", thread=thread))


def test_mention_that_is_overheard_first(talk: Talk) -> None:
    """One message delivered as an ordinary event and as a mention is answered once, whichever comes first."""
    conversation, thread = talk.conversation, "slack:T:C:1"
    assert conversation.accept(talk.message(NETTO, thread=thread, mentioned=True))
    plain = talk.message("och äldre?", "slack:T:bo", thread)
    mention = replace(plain, mentioned=True)
    assert [conversation.accept(each) for each in (plain, mention, plain, mention)] == [False, True, False, False]


def test_too_many_questions(talk: Talk) -> None:
    """Who asks too much in a minute is told so politely, others and the next minute are not."""
    talk.conversation.settings = talk.conversation.settings.model_copy(update={"questions_per_minute": 2})
    texts = [talk("planer").text for _ in range(3)]
    assert texts[0] == texts[1]
    assert "Vänta en minut" in texts[2]
    assert "verksamhetsplan" in talk("planer", "slack:T:bo").text
    clock = talk.conversation.state.clock
    talk.conversation.state.clock = lambda: clock() + 61
    assert talk("planer").text == texts[0]


def test_channel_that_asks_too_much(talk: Talk) -> None:
    """A channel has a limit of its own, so that nobody can fill it with replies through many accounts."""
    talk.conversation.settings = talk.conversation.settings.model_copy(update={"questions_per_minute": 1})
    texts = [talk("planer", f"slack:T:p{n}", f"slack:T:C:{n}", mentioned=True).text for n in range(4)]
    assert ["Vänta en minut" in text for text in texts] == [False, False, False, True]


# Errors


def test_error(talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A fault is a sentence with a reference; the log has the trace under it, and no word of the question."""

    def fail(_: Asker, query: Query) -> None:
        raise ValueError(query.question) from KeyError(query.question)

    monkeypatch.setattr(Asker, "ask", fail)
    with caplog.at_level(logging.ERROR):
        reply = talk("En hemlig fråga?")
    (record,) = caplog.records
    reference = record.getMessage().split()[1].rstrip(":")
    assert reference in reply.text
    assert "ValueError" in record.getMessage()
    assert "test_conversation.py" in record.getMessage()
    assert "hemlig" not in caplog.text
    assert reply.answer is None


def test_broken_database(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where even the database fails there is a sentence, and the message stays pending."""
    message = talk.message(TARGET)
    assert talk.conversation.accept(message)
    with monkeypatch.context() as broken:
        broken.setattr(State, "finish", lambda *_: 1 / 0)
        assert "fel hos mig" in talk.conversation.reply(message).text
    assert "6,8 %" in talk.conversation.reply(message).text


# Forgetting


def test_forget_me(talk: Talk) -> None:
    """All that is kept of a person is erased on their word, counted before and after; others' is not."""
    talk("gäller Norrsjö 2025")
    answer = talk(TARGET).answer
    talk("fel")
    talk("Vad är målet för antalet isbjörnar?")
    talk(NETTO, thread="slack:T:C:1", mentioned=True)
    talk(TARGET, "slack:T:bo")
    reply = talk("glöm mig")
    assert "Före: meddelanden med svar 5, inställningar 1, trådar 1, omdömen 1, frågor utan svar 1." in reply.text
    assert "Efter: meddelanden med svar 0, inställningar 0, trådar 0, omdömen 0, frågor utan svar 0." in reply.text
    state = talk.conversation.state
    assert set(state.count("slack:T:anna").values()) == {0}
    assert state.count("slack:T:bo")["chat_messages"] == 1
    assert talk.conversation.source(str(answer), 1, "slack:T:anna") is None
    with state.index.read() as connection:
        for table in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all():
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()
            assert "slack:T:anna" not in str(rows), table


def test_forget_me_is_answered_after_a_restart(talk: Talk) -> None:
    """The last reply is sent even where the process stops in between, and a retry of it is not answered again."""
    talk(TARGET)
    message = talk.message("forget me")
    assert talk.conversation.accept(message)
    talk.conversation.reply(message)
    after = restarted(talk.conversation)
    assert [each.event for each in after.pending("slack")] == [message.event]
    assert "erased" in after.reply(message).text
    after.delivered(message)
    assert after.pending("slack") == []
    assert not after.accept(message)
    assert set(after.state.count("slack:T:anna").values()) == {0}


# Once


def restarted(conversation: Conversation) -> Conversation:
    """The conversation as another process would build it."""
    return Conversation(conversation.asker, State(conversation.state.index), conversation.settings)


def test_threads_accept_once(talk: Talk) -> None:
    """Of many deliveries at the same moment one is accepted."""
    message = talk.message(TARGET)
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(talk.conversation.accept, [message] * 8))
    assert sorted(taken) == [False] * 7 + [True]


def test_replies_at_the_same_moment_are_one(talk: Talk) -> None:
    """Two threads that answer one message give the same reply, and the person is greeted in one reply only."""
    message = talk.message("next")
    talk.conversation.accept(message)
    with ThreadPoolExecutor(4) as threads:
        replies = list(threads.map(talk.conversation.reply, [message] * 4))
    assert len(replies) == 4
    assert all(reply == replies[0] for reply in replies)


def test_quick_steps(talk: Talk) -> None:
    """Somebody who presses a button twice gets two steps, though both are answered at the same moment."""
    messages = [talk.message("nästa") for _ in range(4)]
    for message in messages:
        assert talk.conversation.accept(message)
    heads: list[str] = []

    def reply(message: Message) -> None:
        heads.extend(re.findall(r"^Steg \d", talk.conversation.reply(message).text, re.MULTILINE))

    workers = [threading.Thread(target=reply, args=(message,)) for message in messages]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(heads) == ["Steg 1", "Steg 2", "Steg 3", "Steg 4"]


def test_midnight(talk: Talk) -> None:
    """A process that runs for months answers by today's date, not by that of its start."""
    assert "från 2026-03-01" in talk("tidsfrister").text
    talk.conversation.asker.answerer.reader.clock = lambda: date(2026, 9, 1)
    assert "från 2026-09-01" in talk("tidsfrister").text


KILLED = """
import sys
from bot.build import build_conversation, build_index
from bot.message import Message
from bot.settings import read_settings
conversation = build_conversation(read_settings(), build_index(read_settings()))
for n in range(1000):
    message = Message(f"slack:{n}", "slack", "slack:p", "slack:D", "slack:D", "planer")
    assert conversation.accept(message)
    print(n, flush=True)
"""


def test_killed(samples: Path) -> None:
    """What a killed process had accepted is pending for the next, to the last message it could tell of."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    process = subprocess.Popen([sys.executable, "-c", KILLED], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == "20":
            break
    process.kill()
    told = 20 + len(process.stdout.read().split())
    process.wait()
    process.stdout.close()
    index = build_index(read_settings())
    pending = [each.event for each in build_conversation(read_settings(), index).pending("slack")]
    assert pending[: told + 1] == [f"slack:{n}" for n in range(told + 1)]
    index.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one small plan and the tables of the chats. Not to be written to: copy it."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "fiskhamnen-2031.txt").write_text(PLAN_TEXT, encoding="utf-8")
    index = Index(f"sqlite:///{folder / 'plans.db'}")
    index.store("fiskhamnen-2031.txt", read_plan(folder / "fiskhamnen-2031.txt", "fiskhamnen-2031.txt"), "d")
    State(index)
    index.close()
    return folder / "plans.db"


_TEXTS = st.sampled_from(["Vad är målet för rena kajer?", "nästa", "deadlines", "plan", "Vad kostar en sjöjungfru?"])
_PEOPLE = st.sampled_from(["anna", "bo"])
_STOPS = st.sampled_from(["", "", "", "accepted", "replied"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(st.tuples(_TEXTS, _PEOPLE, st.booleans()), min_size=1, max_size=5),
    seed=st.integers(0, 2**32),
    stops=st.lists(_STOPS, max_size=30),
)
def test_retry_storm(
    small: Path, tmp_path_factory: pytest.TempPathFactory, home: Path, said: list[tuple[str, str, bool]], seed: int,
    stops: list[str],
) -> None:  # fmt: skip
    """Each message delivered four times, shuffled, the process stopped in the middle: one reply each, none lost."""
    file = tmp_path_factory.mktemp("storm") / "plans.db"
    shutil.copy(small, file)
    index = Index(f"sqlite:///{file}")
    library = IndexLibrary(index)
    asker = Asker(Answerer(library, LEXICON, read_settings().clock), library, Scope())
    limits = read_settings().model_copy(update={"questions_per_minute": 1000})
    messages = [
        Message(
            event=f"slack:{n}", chat="slack", person=f"slack:{who}", channel="slack:C", thread=f"slack:C:{who}",
            text=text, direct=direct, mentioned=not direct,
        )
        for n, (text, who, direct) in enumerate(said)
    ]  # fmt: skip
    deliveries = messages * 4
    random.Random(seed).shuffle(deliveries)
    conversation = Conversation(asker, State(index), limits)
    sent: Counter[str] = Counter()
    notices: Counter[str] = Counter()
    steps: list[str] = []

    def answer(message: Message, stop: str) -> None:
        nonlocal conversation
        reply = None if stop == "accepted" else conversation.reply(message)
        if stop:
            conversation = Conversation(asker, State(index), limits)
            resume()
            return
        assert reply is not None
        sent[message.event] += 1
        notices[message.person] += reply.notice is not None
        if message.text == "nästa":
            steps.append(f"{message.person} {reply.text.splitlines()[0 if 'Steg' in reply.text[:4] else 1][:6]}")
        conversation.delivered(message)

    def resume() -> None:
        for message in conversation.pending("slack"):
            answer(message, "")

    try:
        for n, delivery in enumerate(deliveries):
            if conversation.accept(delivery):
                answer(delivery, stops[n] if n < len(stops) else "")
        conversation = Conversation(asker, State(index), limits)
        resume()
        assert sent == Counter(message.event for message in messages)
        assert notices == Counter({message.person for message in messages})
        assert len(set(steps)) == len(steps)  # each "next" led one step on, and none twice (five at most)
        assert conversation.pending("slack") == []
    finally:
        index.close()
