"""What a question asks to have described: how something works, what happens to it, where it goes meanwhile; and what a
second clause asks of the same paragraph."""

from __future__ import annotations

from datetime import date

import pytest
from test_answer import LEXICON, Plans

from ingest.read import plan_of
from ingest.readers.text import plain
from retrieval.answer import Answerer
from retrieval.question.clauses import clauses
from retrieval.question.newcomer import is_new
from retrieval.question.scope import Scope

_TEXT = """Norrsjö stadsdelsnämnd
Verksamhetsplan 2026

Lotsar
Kompetens. Lotsar ska ha gått kursen i isnavigering. Nya lotsar seglar först med en äldre.

Aktivitet Startdatum Slutdatum
Hamnen ska införa Ankarstegen i båda bassängerna 2026-01-01 2026-06-30
Hamnen ska utreda driften av vågbrytaren 2026-02-01 2026-09-30

Ankarstegen
Ankarstegen innebär att en lots och en kock möter båten tillsammans på kajen.

Vågbrytaren
Vågbrytaren byggs 2026. Höjningen av kalkylen förklaras av dyrare sten och av en längre arm.

Slipen
Slipen i Norrviken stängs för målning den 13 juni. Under tiden används kranen vid Storskär för alla båtar.

Tillsyn
Kustbevakningen hittade brister i Stockanäs brandskydd 2025. Nämnden ska senast den 28 februari svara.

Guider
Hamnguiderna möter besökare på Storkajen måndagar och torsdagar.
"""


@pytest.fixture(scope="module")
def harbour() -> Answerer:
    plan = plan_of(plain(_TEXT), "verksamhetsplan-2026-norrsjo.txt")
    return Answerer(Plans({"verksamhetsplan-2026-norrsjo.txt": plan}), LEXICON, lambda: date(2026, 3, 1))


@pytest.mark.parametrize(
    ("question", "there"),
    [
        ("Vad går Ankarstegen ut på?", "en lots och en kock"),
        ("Hur fungerar Ankarstegen?", "en lots och en kock"),
        ("What is Ankarstegen about?", "en lots och en kock"),
        ("Varför blev vågbrytaren dyrare?", "dyrare sten"),
        ("Vart går båtarna medan slipen i Norrviken är stängd?", "Storskär"),
        ("Vad hittade Kustbevakningen för brister på Stockanäs, och när ska vi svara?", "28 februari"),
        ("Vilka tider är hamnguiderna på Storkajen?", "torsdagar"),
        ("Vilken kompetens ska en lots ha?", "isnavigering"),
    ],
)
def test_described(harbour: Answerer, question: str, there: str) -> None:
    """What a thing is, why, where and when is told in the words of its paragraph, not by the activity about it."""
    assert there in harbour.answer(question, [], Scope("Norrsjö")).answer


def test_clause_with_preposition() -> None:
    """A second question may begin with what its question word leans on."""
    assert clauses("Which courses must I take, and by when?") == ["Which courses must I take", "by when?"]


@pytest.mark.parametrize(
    "text",
    ["Hej, börjar som ny lots, vad gäller?", "Fresh out of pilot school, who meets me?", "Ny lots med start i maj"],
)
def test_is_new(text: str) -> None:
    """Who greets first, or tells what they come from, is a newcomer all the same."""
    assert is_new(text)


_COUNTED = """Norrsjö stadsdelsnämnd
Verksamhetsplan 2026

Båtplatser
Volymer VP 2026 VP 2025
Båtplats med el, gästhamn 84 81
Båtplats med el, småbåtshamn 31 31
Båtplats utan el, gästhamn 12 14

Nämndens tre gästhamnar i egen regi är Storskär, Lillskär och Norrviken. Gästhamnen i Norrviken har dusch.

Brister
En genomgång visade brister på elva kajer. Fyra åtgärdas under 2026: stenpiren, träbryggan, rampen och trappan.

Kaj Adress Planeras
Norra kajen Hamngatan 2 Brister åtgärdas först 2028
Södra kajen Hamngatan 14 Brister åtgärdas först 2029
Mellankajen Slipvägen 8 Rivs
"""


@pytest.mark.parametrize(
    ("question", "there", "absent"),
    [
        ("Vilka gästhamnar har vi?", "Storskär, Lillskär och Norrviken", "Båtplats"),
        ("Vilka fyra brister åtgärdas på kajerna?", "stenpiren, träbryggan", "Hamngatan"),
        ("Which four quays with shortcomings are fixed?", "stenpiren, träbryggan", "Hamngatan"),
    ],
)
def test_counted_up_in_a_sentence(question: str, there: str, absent: str) -> None:
    """What a sentence counts up is told before rows that only say what it is called, and as many as are asked for."""
    plan = plan_of(plain(_COUNTED), "verksamhetsplan-2026-norrsjo.txt")
    asked = Answerer(Plans({"verksamhetsplan-2026-norrsjo.txt": plan}), LEXICON, lambda: date(2026, 3, 1))
    first = asked.answer(question, [], Scope("Norrsjö")).answer.partition("[1]")[0]
    assert there in first
    assert absent not in first


_ALIKE = """Norrsjö stadsdelsnämnd
Verksamhetsplan 2026

Arbetssätt
Aktivitet Startdatum Slutdatum
Lotsenheten ska införa radiokoll på alla båtar 2026-09-01 2027-03-31
Bogserenheten ska införa radiokoll på alla båtar 2026-03-01 2026-12-31
"""


def test_same_activity_of_another_unit() -> None:
    """Beside the activity of the unit that is named no other unit's is told, with its other days."""
    plan = plan_of(plain(_ALIKE), "verksamhetsplan-2026-norrsjo.txt")
    asked = Answerer(Plans({"verksamhetsplan-2026-norrsjo.txt": plan}), LEXICON, lambda: date(2026, 3, 1))
    told = asked.answer("När inför lotsenheten radiokoll på alla båtar?", [], Scope("Norrsjö")).answer
    assert "2026-09-01" in told
    assert "2026-03-01" not in told


_STUDIED = """Norrsjö stadsdelsnämnd
Verksamhetsplan 2026

Undersökningar
Sjöfartsenkäten genomförs bland eleverna i åk 8 om deras syn på hamnen.

Forskningsprojektet Strandfynd, om hur tång sprids, pågår till juni 2027 tillsammans med högskolan.

Slipen besiktigades i oktober. Besiktningen av slipen visade sprickor i två balkar.
"""


@pytest.mark.parametrize(
    ("question", "there"),
    [
        ("Vad tyckte eleverna i sjöfartsenkäten om hamnen?", None),
        ("Vad kom fram i Strandfynd?", None),
        ("What has the research project Strandfynd found out?", None),
        ("Vad kom fram vid besiktningen av slipen?", "sprickor"),
        ("Hur länge pågår Strandfynd?", "juni 2027"),
    ],
)
def test_what_was_found(question: str, there: str | None) -> None:
    """That something is studied does not tell what was found."""
    plan = plan_of(plain(_STUDIED), "verksamhetsplan-2026-norrsjo.txt")
    asked = Answerer(Plans({"verksamhetsplan-2026-norrsjo.txt": plan}), LEXICON, lambda: date(2026, 3, 1))
    told = asked.answer(question, [], Scope("Norrsjö"))
    assert told.abstained if there is None else there in told.answer
