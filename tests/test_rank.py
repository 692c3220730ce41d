"""Which entry is ranked first, and how sure it is, where likeness in meaning says otherwise than the names do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from test_answer import LEXICON, Plans

from ingest.read import read_plan
from retrieval.answer import Answerer
from retrieval.evidence.forms import has
from retrieval.evidence.rank import Floats, Ranked, measures, sure
from retrieval.question.scope import Scope
from retrieval.store.units import Entry

PLAN = """<h1>Verksamhetsplan 2026 för Norrsjö stadsdelsnämnd</h1>
<h2>Mål</h2>
<table><tr><th>Indikator<th>Årsmål<th>KF:s årsmål<th>Periodicitet
<tr><td>Andel klagomål på parkleken som besvaras<td>88 %<td>82 %<td>År
<tr><td>Andel klagomål på parkerna som besvaras<td>91 %<td>85 %<td>År</table>
<table><tr><th>Aktivitet<th>Startdatum<th>Slutdatum
<tr><td>Måla om bänkarna<td>2026-02-01<td>2026-10-15
<tr><td>Plantera träd vid torget<td>2026-02-01<td>2026-05-31</table>
<h2>Avgifter</h2>
<table><tr><th>Tjänst<th>Pris 2026<th>Pris 2025
<tr><td>Följeslagare<td>288 kr<td>285 kr
<tr><td>Fotvård<td>98 kr<td>93 kr</table>
<h2>Ekonomi</h2>
<table><tr><th>Verksamhet<th>Kostnader<th>Intäkter<th>Netto VP 2026
<tr><td>Förskola<td>302,4<td>20,9<td>281,5
<tr><td>Hamn- och sjöfartsverksamhet<td>166,7<td>33,5<td>133,2</table>
<p>Hamnen byter namn till sjöfart den 1 mars. Till Norrbacken går 2,6 mnkr.</p>
<h2>Sommarjobb</h2><p>Hamnen har sommarjobb för unga.</p><p>Ansökan görs före den 15 mars.</p>
<h2>Bad</h2><p>Simhallen Ekbadet på Hamngatan 4 har bastu.</p>
"""


PARKS = "What is the target for complaints about the parks?"


def answerer(folder: Path, likeness: dict[str, float], plan: str = PLAN) -> Answerer:
    """What answers from a plan, an entry being as much alike to any question as the word says that it has."""
    file = folder / "plan.html"
    file.write_text(plan, encoding="utf-8")

    def similar(document: int, entries: Sequence[Entry], text: str) -> Floats:
        alike = [max([n for word, n in likeness.items() if word in e.words.casefold()], default=0.1) for e in entries]
        return np.array(alike, np.float32)

    return Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2026, 3, 1), similar=similar)


def ranking(folder: Path, question: str, likeness: dict[str, float], history: Sequence[str] = ()) -> list[Ranked]:
    return answerer(folder, likeness).ranking(question, history, Scope())


def test_a_name_held_whole_goes_before_one_held_in_part(tmp_path: Path) -> None:
    """Of two facts about as likely the one that has the word asked for comes first, not a compound of it."""
    found = ranking(tmp_path, PARKS, {"parkleken": 0.5, "parkerna": 0.48})
    assert "parkerna" in found[0].hit.entry.words
    assert "parkleken" in found[1].hit.entry.words


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Vad är målet för all sjukfrånvaro?", "Sjukfrånvaro"),
        ("Target for sick leave day 1-14?", "Sjukfrånvaro dag 1–14"),
    ],
)
def test_an_indicator_called_so_and_no_more(tmp_path: Path, question: str, name: str) -> None:
    """Of two indicators of a goal the one whose name has no words that the question says none of comes first."""
    rows = "<tr><td>Sjukfrånvaro dag 1–14<td>2,4 %<td>2,2 %<td>År<tr><td>Sjukfrånvaro<td><td>6,1 %<td>År</table>"
    plan = PLAN.replace("</table>", rows, 1)
    found = answerer(tmp_path, {"dag 1–14": 0.5, "sjukfrånvaro": 0.45}, plan).ranking(question, (), Scope())
    assert found[0].hit.entry.words.startswith(name + " ") or found[0].hit.entry.words == name


def test_words_that_nothing_knows(tmp_path: Path) -> None:
    """Letters that make no words are answered by nothing, whatever they are a little like."""
    assert answerer(tmp_path, {"": 0.42}).answer("qzwx plokm vbnrt").abstained


def test_a_year_that_everything_goes_on_in(tmp_path: Path) -> None:
    """Days that all activities go on in put none of them before what is asked about."""
    found = ranking(tmp_path, "What jobs is the harbour planning to run in 2026?", {"sommarjobb": 0.3, "torget": 0.29})
    assert "sommarjobb" in found[0].hit.entry.words


@pytest.mark.parametrize("aside", [" (inte parkleken)", ", alltså inte parkleken", " förutom för parkleken"])
def test_what_is_set_aside(tmp_path: Path, aside: str) -> None:
    """A fact that is called what the question says it is not about is none of its answers."""
    names = [e.hit.entry.words for e in ranking(tmp_path, f"Vad är målet för klagomål som besvaras{aside}?", {})]
    assert any("parkerna" in name for name in names)
    assert not any("parkleken" in name for name in names)


def test_a_name_in_a_sentence_that_says_all(tmp_path: Path) -> None:
    """A sentence that has the name and the kind of figure asked for is an answer, little alike as it is."""
    best = ranking(tmp_path, "Hur mycket är det för Norrbacken?", {"norrbacken": 0.2})[0]
    assert "2,6 mnkr" in best.hit.entry.words
    assert (sure(best) or 0.0) >= 0.5


def test_far_likelier_goes_before_a_name_held_whole(tmp_path: Path) -> None:
    """A fact that is much more alike in meaning stays first, whatever words another one holds."""
    found = ranking(tmp_path, PARKS, {"parkleken": 0.8, "parkerna": 0.2})
    assert "parkleken" in found[0].hit.entry.words


def test_a_fact_named_in_full_is_an_answer(tmp_path: Path) -> None:
    """A row whose name the question says is likely to answer it, though likeness in meaning is low."""
    found = ranking(tmp_path, "Vad kostar följeslagare?", {"följeslagare": 0.12})
    assert sure(found[0]) == 0.5
    assert (sure(found[1]) or 0) < 0.1


def test_what_is_due_in_the_days_asked_about(tmp_path: Path) -> None:
    """An activity that ends within the days of the question goes before a likelier one of other days."""
    found = ranking(tmp_path, "Vad ska vara klart i oktober?", {"torget": 0.12, "förskola": 0.3})
    assert "bänkarna" in found[0].hit.entry.words


def test_days_in_a_question_of_something_else(tmp_path: Path) -> None:
    """A question of a sum, a target or a reason isn't answered by what is due in the days that it names."""
    found = ranking(tmp_path, "Vad kostar följeslagare i oktober?", {"följeslagare": 0.3})
    assert "Följeslagare" in found[0].hit.entry.words


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Vad är nettobudgeten för hamn- och sjöfartsverksamhet?", "och för förskolan då?"),
        ("Vad är nettobudgeten för hamn- och sjöfartsverksamhet?", "och förskola?"),
        ("What is the net budget for hamn- och sjöfartsverksamhet?", "and for the preschools?"),
    ],
)
def test_a_follow_up_asks_for_another_row(tmp_path: Path, before: str, text: str) -> None:
    """A follow-up that names another row of the table has that row alone, not the one before."""
    found = ranking(tmp_path, text, {"sjöfart": 0.6, "förskola": 0.5}, [before])
    assert "Förskola" in found[0].hit.entry.words
    assert not any("sjöfart" in each.hit.entry.words for each in found)


AGREED = """<h1>Verksamhetsplan 2026 för Norrsjö stadsdelsnämnd</h1>
<h2>Avtal</h2><table><tr><th>Avtal<th>Företag<th>Till<tr><td>Väktare<td>Norrvakt AB<td>2026-09-30</table>
<h2>Risker</h2><table><tr><th>Risk<th>Åtgärd<tr><td>Sen leverans av salt<td>Reservlager</table>
<h2>Odling</h2><p>Nämnden öppnar en odling vid kajen.</p><p>Det sker på förslag av båtföreningen.</p>
<h2>Kurser</h2><p>Kajens personal har gått kursen om brand.</p><p>Badets personal har ännu inte gått kursen.</p>
"""


def test_a_follow_up_asks_another_side(tmp_path: Path) -> None:
    """The row that was told stays, where a follow-up names what only a row of another table has."""
    made = answerer(tmp_path, {"väktare": 0.6}, AGREED)
    assert "Norrvakt" in made.answer("och vem står för leveransen?", ["Har vi avtal om väktare?"]).answer


def test_what_else_stands_there(tmp_path: Path) -> None:
    """A follow-up that is answered from where the turn before was is told more than what was told then."""
    made = answerer(tmp_path, {"odling": 0.7, "förslag": 0.3}, AGREED)
    assert "av båtföreningen" in made.answer("Vem tänkte ut det?", ["Öppnas en odling?"]).answer


def test_what_is_taken_for_granted(tmp_path: Path) -> None:
    """The sentence that says that what a question takes for granted is not so is told too."""
    made = answerer(tmp_path, {"brand": 0.7, "badets": 0.46}, AGREED)
    assert "ännu inte" in made.answer("Vad lärde sig badets personal på kursen om brand?").answer


def test_a_follow_up_asks_when(tmp_path: Path) -> None:
    """A follow-up that asks when has first what in the section says when, before what else is on its subject."""
    made = answerer(tmp_path, {"unga": 0.8, "ansökan": 0.7})
    assert made.answer("och när måste de söka?", ["Finns sommarjobb för unga?"]).answer.startswith("Ansökan görs")


def test_no_figure_tells_when(tmp_path: Path) -> None:
    """A row of figures is no answer to when something happens."""
    asked = "Vad ska hamnverksamheten heta nu och från vilket datum?"
    found = ranking(tmp_path, asked, {"fartsverksamhet": 0.8, "byter": 0.5})
    assert "byter namn" in found[0].hit.entry.words


@pytest.mark.parametrize(
    ("question", "ones_own"),
    [("Är min semester godkänd?", 1), ("Is my holiday approved?", 1), ("Vad är målet för min enhet?", 0),
     ("What is the target for my unit?", 0), ("Hur ser min introduktion ut?", 0),
     ("Jag är ny chef. Hur många medarbetare får jag ha?", 0)],
)  # fmt: skip
def test_what_is_ones_own(tmp_path: Path, question: str, ones_own: int) -> None:
    """What an asker calls their own counts against there being an answer, but not where it is their place of work."""
    assert measures(ranking(tmp_path, question, {"plan": 0.2})[0])["oneself"] == ones_own


@pytest.mark.parametrize(
    ("question", "likeness", "below"),
    [
        ("Vad kostar fotvård?", {"fotvård": 0.8}, 0.0),
        ("Vad kostar det att måla bänkarna?", {"bänkarna": 0.8, "unga": 0.5, "fotvård": 0.4}, 0.3),
        ("Vilket datum ska träden vara planterade vid torget?", {"träd": 0.8}, 0.0),
        ("Vad är målet för klagomålen?", {"klagomål": 0.5}, 0.0),
    ],
)
def test_how_far_down_the_form_stands(tmp_path: Path, question: str, likeness: dict[str, float], below: float) -> None:
    """What is told without a sum is followed by other things' sums farther down; an activity always has a date, and
    where no form is insisted on nothing is looked for."""
    found = measures(ranking(tmp_path, question, likeness)[0])["form_below"]
    assert found == 0 if below == 0 else found > below


def test_numbers_in_words(tmp_path: Path) -> None:
    """A number in words counts as one, up to a hundred; a word that only begins as one does not."""
    question = ranking(tmp_path, "Hur många träd planteras?", {"träd": 0.8})[0].question
    assert all(has("count", f"{number} träd", question) for number in ("fjorton", "trettio", "fyrtiotvå", "nittio"))
    assert not has("count", "Hundrastgården får träd", question)


@pytest.mark.parametrize(("question", "likely"), [("Vilken adress har Ekbadet?", True), ("Vad kostar Ekbadet?", False)])
def test_all_that_is_named_in_the_form_insisted_on(tmp_path: Path, question: str, likely: bool) -> None:
    """What tells an address of the very thing named is an answer, however little like the question; no price."""
    assert (max(sure(each) or 0.0 for each in ranking(tmp_path, question, {})) >= 0.5) is likely


@pytest.mark.parametrize(
    ("question", "told"),
    [("Berätta om badets bastu och hamnens jobb i sommar", True), ("Berätta om badets bastu i sommar", False)],
)
def test_what_is_told_beside_the_first(tmp_path: Path, question: str, told: bool) -> None:
    """An entry not quite as near is told beside the first where it has what of the question is not told yet."""
    made = answerer(tmp_path, {"bastu": 0.6, "sommarjobb": 0.45}).answer(question)
    assert "bastu" in made.answer
    assert ("sommarjobb" in made.answer) == told


HARBOUR = """<h1>Verksamhetsplan 2026 för Norrsjö stadsdelsnämnd</h1>
<h2>Enkät</h2>
<h3>Förväntat resultat</h3><p>Fler gäster svarar på enkäten.</p>
<h3>Arbetssätt</h3><p>Värdarna ringer gäster som inte har svarat på enkäten.</p>
<h2>Frågor</h2><p>Hamnchefen besvarar frågor om båtlagen.</p>
<h2>Hus</h2><p>Simhallen stängs eftersom taket läcker. Fritidsgården Ladan är stängd i fyra veckor.</p>
<table><tr><th>Aktivitet<th>Startdatum<th>Slutdatum
<tr><td>Utbilda båtvakter i livräddning<td>2026-02-01<td>2026-10-15
<tr><td>Införa ny ersättning för lotsar<td>2026-02-01<td>2026-10-15</table>
<table><tr><th>Lokal<th>Förändring<tr><td>Förskolan Bryggan<td>Ny förskola med sex avdelningar</table>
"""


def test_how_something_is_done(tmp_path: Path) -> None:
    """How something is to be done is told under a heading of that, before what is to come of it."""
    hosts = answerer(tmp_path, {"fler": 0.6, "ringer": 0.5}, HARBOUR)
    assert hosts.ranking("Hur ska fler gäster svara på enkäten?")[0].hit.entry.words.startswith("Värdarna")
    assert hosts.ranking("Ska fler gäster svara på enkäten?")[0].hit.entry.words.startswith("Fler")


def test_everything_said_in_other_forms(tmp_path: Path) -> None:
    """A sentence that says all that is named, if in the lexicon's words, is an answer however little like."""
    first = answerer(tmp_path, {}, HARBOUR).ranking("Vem svarar på frågor om båtlagen?")[0]
    assert first.hit.entry.words.startswith("Hamnchefen")
    assert (sure(first) or 0.0) >= 0.5


@pytest.mark.parametrize(
    ("question", "told"),
    [("Varför stängs simhallen?", True), ("Varför stängs biblioteket?", False), ("Why does the library close?", False)],
)
def test_what_happens_to_another_thing_is_no_reason(tmp_path: Path, question: str, told: bool) -> None:
    """Why one thing closes is not told by why another does."""
    assert ("läcker" in answerer(tmp_path, {"stängs": 0.45}, HARBOUR).answer(question).answer) is told


@pytest.mark.parametrize(
    ("question", "told"),
    [("Hur många avdelningar får förskolan Bryggan?", True), ("Hur många barn går på förskolan Bryggan?", False)],
)
def test_a_row_that_counts_something_else(tmp_path: Path, question: str, told: bool) -> None:
    """So many departments are no number of children."""
    assert ("sex avdelningar" in answerer(tmp_path, {"bryggan": 0.7}, HARBOUR).answer(question).answer) is told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("När ska vi utbilda båtvakter i livräddning?", True),
        ("Varför ska vi utbilda båtvakter i livräddning?", False),
        ("På vilken adress ska vi utbilda båtvakter i livräddning?", False),
        ("Hur många personer utbildar båtvakter i livräddning?", False),
        ("Vad blev resultatet av att utbilda båtvakter i livräddning?", False),
        ("Vad kostar det att införa ny ersättning för lotsar?", False),
    ],
)
def test_what_no_row_of_an_activity_tells(tmp_path: Path, question: str, told: bool) -> None:
    """That something is to be done tells neither why, where, by how many nor at what cost, nor what came of it."""
    made = answerer(tmp_path, {"livräddning": 0.8, "ersättning": 0.8}, HARBOUR).answer(question)
    assert bool(made.citations) is told


def test_closed_for_a_while(tmp_path: Path) -> None:
    """What is closed for some weeks has not ended: who leads it is not told by that."""
    assert not answerer(tmp_path, {"ladan": 0.5}, HARBOUR).answer("Vad heter chefen för Ladan?").citations


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Vad är budgeten för förskola?", True),
        ("Vad är budgeten för förskola per invånare?", False),
        ("Vad är budgeten för förskola i mars?", False),
    ],
)
def test_figure_of_a_month_or_a_head(tmp_path: Path, question: str, told: bool) -> None:
    """A year's figure is neither a month's nor what it is for each inhabitant."""
    assert ("281,5" in answerer(tmp_path, {"förskola": 0.7}).answer(question).answer) is told


def test_figures_that_tell_no_reason(tmp_path: Path) -> None:
    """Where figures are all there is of what is asked why, it is said that the plan does not tell why."""
    plans = answerer(tmp_path, {"förskola": 0.7})
    assert "Varför hittar jag inte" in plans.answer("Varför är budgeten för förskola så stor?").answer
    assert "Varför hittar jag inte" not in plans.answer("Är budgeten för förskola stor?").answer
