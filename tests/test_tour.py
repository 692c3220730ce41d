"""The tour for a new manager: five steps, resumable, from typed facts and the plan's own words."""

from __future__ import annotations

import re
from datetime import date

import pytest
from conftest import SAMPLES, Talk, sample
from test_conversation import TARGET, restarted

from bot.cited import Opened, cited
from bot.tour import STEPS, Area, step
from ingest.plan import Plan
from retrieval.language.lexicon import Lexicon
from retrieval.model.verify import figures
from retrieval.store.known import Known

DAY = date(2026, 3, 1)
LEXICON = Lexicon()


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample(SAMPLES / "verksamhetsplan-2026-norrsjo.txt")


@pytest.fixture(scope="module")
def source(plan: Plan) -> Opened:
    return Opened(Known(1, "norrsjo.txt", plan.description), plan)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("number", range(1, STEPS + 1))
@pytest.mark.parametrize("area", ["", "förskola", "elderly care"])
def test_every_line_is_cited(source: Opened, plan: Plan, area: str, number: int, language: str) -> None:
    """Each item of a step has a citation whose words stand in the plan and hold the item's figures."""
    made = step(number, Area([source], area, LEXICON), language, DAY)  # type: ignore[arg-type]
    items = [line for line in made.lines if line.startswith("• ")]
    assert items
    quotes = {citation.n: citation for citation in made.cited.citations}
    for line in items:
        numbers = [int(n) for n in re.findall(r"\[(\d+)\]", line)]
        assert numbers
        for n in numbers:
            start = quotes[n].start
            assert start is not None
            assert plan.text[start : start + len(quotes[n].quote)] == quotes[n].quote
        said = {number for number, _ in figures(line)}
        held = {number for n in numbers for number, _ in figures(f"{quotes[n].quote} 2026 2025 2027")}
        assert said <= held, line


def test_steps_of_the_whole_plan(source: Opened) -> None:
    """Goals, targets to watch, the budget, what is due from today on, and what managers must do."""
    goals, targets, budget, due, duties = ("\n".join(step(n, Area([source]), "sv", DAY).lines) for n in range(1, 6))
    assert goals.count("•") == 13
    assert "1.3.1 Alla barn har ett rikt språk" in goals
    assert "Andel utredningar av barn och unga som är klara inom fyra månader: 96 %; KF:s mål 100 %" in targets
    assert "Förskola: Kostnader 302,4, Intäkter 20,9, Netto VP 2026 281,5 mnkr" in budget
    assert "varav" not in budget
    assert "2026-03-15" in due.splitlines()[1]
    assert "2025-12-31)" not in due
    assert "En chef ska ha högst 30 medarbetare." in duties


def test_table_says_the_same(source: Opened) -> None:
    """A step that is a table has a row for each item, with its citation."""
    for number in (2, 3, 4):
        made = step(number, Area([source]), "sv", DAY)
        assert made.table is not None
        assert len(made.table.rows) == sum(line.startswith("• ") for line in made.lines)
        assert made.table.sources == made.cited.numbers


def test_own_area(source: Opened) -> None:
    """In the tour of an area, in either language and in everyday words, is what belongs to it and nothing else."""
    for name in ("förskolan", "preschool", "dagis"):
        area = Area([source], name, LEXICON)
        assert area.found
        text = "\n".join(line for n in (1, 2, 3) for line in step(n, area, "sv", DAY).lines)
        assert "Alla barn har ett rikt språk" in text
        assert "281,5" in text
        assert "401,3" not in text
        assert "ekonomiskt bistånd" not in text
    assert not Area([source], "rymdfart", LEXICON).found


def test_statement_that_does_not_hold_is_left_out(source: Opened) -> None:
    """A figure that its quote lacks is not said, and its row not shown."""
    from dataclasses import replace

    from bot.deadlines import deadlines

    first, second = (each.statement("sv") for each in deadlines([source])[:2])
    made = cited([replace(first, text="Klart om 77 dagar"), second], [source])
    assert made.kept == (second,)
    assert len(made.citations) == 1


# In a conversation


def test_tour_one_message_at_a_time(talk: Talk) -> None:
    """Each "next" is one step; questions in between do not move it, and after the last it is over."""
    assert "Steg 1 av 5" in talk("börja").text
    assert "6,8 %" in talk(TARGET).text
    heads = [re.search(r"Ste[gp] \d", talk(word).text) for word in ("nästa", "nästa", "next", "börja")]
    assert [found and found[0] for found in heads] == ["Steg 2", "Steg 3", "Step 4", "Steg 5"]
    assert "Det var rundturen" not in talk("börja om").text
    assert "Steg 2" in talk("nästa").text


def test_tour_has_buttons_and_can_be_judged(talk: Talk) -> None:
    """A step leads on by a button, its sources can be opened, and it can be judged like an answer."""
    reply = talk("start")
    assert reply.suggestions[0].text == "next" or reply.suggestions[0].text == "nästa"
    assert reply.answer
    assert talk.conversation.source(reply.answer, 1, "slack:T:anna") is not None
    assert "1.1.1" in talk("källor").text


def test_tour_of_an_area(talk: Talk) -> None:
    """The area is named once and holds for the steps that follow; one that the plan lacks is told."""
    assert "Rundturen gäller äldreomsorg" in talk("börja äldreomsorg").text
    assert "401,3" in talk("nästa").text + talk("nästa").text
    lost = talk("/start rymdfart").text
    assert "rymdfart" in lost
    assert "1.1.1" in lost


def test_tour_after_a_restart(talk: Talk) -> None:
    """A step that was made and not delivered is the same step after a restart, not the next."""
    talk("börja")
    message = talk.message("nästa")
    conversation = talk.conversation
    conversation.accept(message)
    conversation.state.finish = lambda *_: 1 / 0  # type: ignore[method-assign,assignment]
    assert "Steg" not in conversation.reply(message).text
    after = restarted(conversation)
    (left,) = after.pending("slack")
    assert "Steg 2 av 5" in after.reply(left).text
