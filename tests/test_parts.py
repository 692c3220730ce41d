"""Two questions in one, rows by a condition, lists and follow-ups, end to end on the sample plans."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_answer import LEXICON, TODAY, Plans, ask

from ingest.read import read_plan
from retrieval.answer import Answerer
from retrieval.question.clauses import clauses


def test_both_parts_are_told() -> None:
    """A message that asks of two things is answered on both, each with its own citation."""
    made = ask("Hur många fältassistenter finns det och vad kostar en lunch i öppen matsal för gäster?")
    assert "Sex fältassistenter" in made.answer
    assert "104" in made.answer
    assert len(made.citations) >= 2


def test_part_without_answer_is_named() -> None:
    """Which part of a message the plan is silent on is said beside what it tells."""
    made = ask("Vad kostar en lunch i öppen matsal för gäster och varför seglar regalskeppet Vasa till Saturnus?")
    assert "104" in made.answer
    assert "Planen säger inte: varför seglar regalskeppet Vasa till Saturnus." in made.answer


def test_what_is_given_is_no_question() -> None:
    """What a message takes as given before it asks is no question of its own."""
    text = "Nu när Fiskhamnen öppnar, när flyttar de första in?"
    assert clauses(text) == [text]


@pytest.mark.parametrize(
    ("question", "there", "not_there"),
    [
        ("Vilka enheter får mer socioekonomiskt anslag än förra året?", ("Hällmarkens", "Kvarnvikens"), "Tallåsens"),
        ("Which units get less socioeconomic funding (anslag) than last year?", ("Tallåsens",), "Hällmarkens"),
        ("Vilka enheter får oförändrat socioekonomiskt anslag?", ("Lergropens", "Bruksängens"), "Tallåsens"),
        ("Vilka förskolor är nya?", ("Ärlan", "Masugnen"), "Lerstigen 14"),
    ],
)
def test_rows_that_meet_a_condition(question: str, there: tuple[str, ...], not_there: str) -> None:
    """Of a table those rows are listed that meet what a question asks, and no others."""
    made = ask(question)
    assert all(name in made.answer for name in there)
    assert not_there not in made.answer


def test_follow_up_is_about_what_was_told() -> None:
    """What a follow-up names in the definite is looked for where the answer before was found."""
    made = ask("vem bygger den åt förskolan?", "Vad händer med Förskolan Ärlan, Kvarnviken?")
    assert "Ljunghem" in made.answer


def test_others_of_a_table() -> None:
    """A follow-up that asks for the others gets the other rows of the table."""
    made = ask("och de andra?", "Vilket socioekonomiskt anslag får Lergropens förskolor?")
    assert all(name in made.answer for name in ("Hällmarkens", "Tallåsens", "Bruksängens"))
    assert "Lergropens" not in made.answer


HARBOURS = """Verksamhetsplan 2026 för Fiskhamnens stadsdelsnämnd

Förskolor

Förskolorna i respektive enhet:

• Norra kajen: Tallkotten, Snäckan, Måsen

• Södra kajen: Fyren, Ankaret

Medel

Medel söks för klimatinvestering för biokol med 3,0 mnkr.

Kajerna är gamla och behöver lagas.

Medel söks för klimatinvestering för laddplatser med 0,7 mnkr.
"""


@pytest.fixture
def harbours(tmp_path: Path) -> Answerer:
    """What answers from a small plan."""
    file = tmp_path / "verksamhetsplan-2026-fiskhamnen.txt"
    file.write_text(HARBOURS, "utf-8")
    return Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: TODAY)


def test_sentences_of_one_list(harbours: Answerer) -> None:
    """Sentences that begin alike are the items of one list, and are told together."""
    made = harbours.answer("Vad söks medel för klimatinvestering till?")
    assert "biokol" in made.answer
    assert "laddplatser" in made.answer


CLAUSES = """Verksamhetsplan 2026 för Fiskhamnens stadsdelsnämnd

Lotsning

Arbetssättet Ankarvakt prövas i två hamnar. Försöket leds av lotschefen Ester Vik.
De hamnar som deltar är Lillvik och Storvik.

Simning

Simskolan leds av badmästaren. Skolor som deltar är Kajskolan och Bryggskolan.

Ekonomi

Stadsdelens lokalkostnader är 210 mnkr. Av dessa är 148 mnkr hyror för kontor och 62 mnkr hyror för bostäder.

| Verksamhet | Budget 2026, mnkr |
| --- | --- |
| Kontor | 70,0 |
| Bostäder | 390,0 |
| Lokaler | 12,0 |

| Indikator | Årsmål | Periodicitet |
| --- | --- | --- |
| Andel lotsade båtar | 75 % | Tertial |
"""


@pytest.fixture
def clausal(tmp_path: Path) -> Answerer:
    """What answers from a small plan of prose and a table."""
    file = tmp_path / "verksamhetsplan-2026-fiskhamnen.md"
    file.write_text(CLAUSES, "utf-8")
    return Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: TODAY)


def test_clauses_of_a_follow_up(clausal: Answerer) -> None:
    """Each clause of a follow-up is about what the question before was about, and nothing is told of another thing."""
    made = clausal.answer("vem leder det, och vilka skolor är med?", ("Berätta om arbetssättet Ankarvakt",))
    assert "Ester Vik" in made.answer
    assert "Simskolan" not in made.answer


def test_how_often_what_is_aimed_at_is_measured(clausal: Answerer) -> None:
    """A row that one clause asks of is told with what the next one asks of it too."""
    made = clausal.answer("Vad är målet för andelen lotsade båtar, och hur ofta mäts det?")
    assert "75 %" in made.answer
    assert "Tertial" in made.answer


def test_total_and_its_parts(clausal: Answerer) -> None:
    """A total, and then how it is divided, is told as the plan tells it; nothing is added up."""
    made = clausal.answer("Totala lokalkostnader, och hur fördelar de sig på kontor och bostäder?")
    assert not made.computed
    assert all(figure in made.answer for figure in ("210", "148", "62"))


ORGANISED = """# Verksamhetsplan 2026 Fiskhamnen

## Organisation

{}

## Ekonomi

Följande enheter föreslås få egen kassa:

- Södra bryggan
- Norra bryggan
- Smörjhallen
"""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Hamnen är indelad i tre avdelningar: lotsning, muddring och slussar.", ["lotsning, muddring och slussar"]),
        (
            "Hamnen är indelad i två avdelningar samt en stab:\n\n- Avdelningen Lotsning, med båtarna\n"
            "- Avdelningen Muddring\n- Staben",
            ["– Avdelningen Lotsning", "– Avdelningen Muddring", "– Staben"],
        ),
    ],
)
def test_what_the_sentence_found_first_counts_up(tmp_path: Path, said: str, told: list[str]) -> None:
    """What the likeliest sentence counts up, or leads to, is told before a list of what is only like it."""
    file = tmp_path / "verksamhetsplan-2026-fiskhamnen.md"
    file.write_text(ORGANISED.format(said), "utf-8")
    made = Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: TODAY).answer("Vilka avdelningar har vi?")
    assert all(each in made.answer for each in told), made.answer
    assert "Smörjhallen" not in made.answer


def test_how_many_work_here(tmp_path: Path) -> None:
    """Who works somewhere is counted in plans as monthly paid, permanent or full-time equivalents."""
    file = tmp_path / "verksamhetsplan-2026-fiskhamnen.md"
    text = "Antalet månadsavlönade var 412 i september.\n\nAntalet medarbetare per chef ska vara högst 30."
    file.write_text(ORGANISED.format(text), "utf-8")
    made = Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: TODAY)
    assert "412" in made.answer("Hur många anställda har vi?").answer
    assert "412" in made.answer("How many people work here?").answer
