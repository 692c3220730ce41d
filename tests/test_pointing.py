"""What a follow-up points to without its name, in the words or the answers before it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from test_answer import LEXICON, Plans

from ingest.read import read_plan
from retrieval.answer import Answerer
from retrieval.pointing import pointed
from retrieval.question.scope import Scope
from retrieval.question.turn import turn_of

_TEXT = """Fiskhamnens kommun
Verksamhetsplan 2031
Råden
Nämnden har två råd: båtrådet och rådet för simkunnighet.
Båtrådet har nio ledamöter och möts i maj.
Rådet för simkunnighet har fyra ledamöter.
Fyrar
Två fyrar är släckta, Norra Blinken och Södra Blinken. Norra Blinken tänds den 3 juni.
"""


_OF_COUNCILS = ("Vilka råd har nämnden?", "Hur många sitter i båtrådet?")


@pytest.fixture
def answerer(tmp_path: Path) -> Answerer:
    file = tmp_path / "plan.txt"
    file.write_text(_TEXT, "utf-8")
    return Answerer(Plans({"plan.txt": read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))


@pytest.mark.parametrize(
    ("history", "text", "read"),
    [
        (("Finns det fyrar i Hamre och Ekstorp?",), "vem sköter den förstnämnda?", "vem sköter Hamre?"),
        (("Finns det fyrar i Hamre och Ekstorp?",), "and in the latter?", "and in Ekstorp?"),
        (_OF_COUNCILS, "och i det andra rådet?", "och i rådet för simkunnighet?"),
        (_OF_COUNCILS, "hur många är det i det andra då?", "hur många är det i rådet för simkunnighet då?"),
        (_OF_COUNCILS, "and the other one, how many?", "and rådet för simkunnighet, how many?"),
        (("Vilka fyrar är släckta?",), "when is the first one lit?", "when is Norra Blinken lit?"),
        (("Finns det fyrar i Hamre och Ekstorp?",), "vad händer den första juni?", None),
        (("Finns det fyrar i Hamre och Ekstorp?",), "vad gör vi i det första kvartalet?", None),
        ((), "och i det andra rådet?", None),
    ],
)  # fmt: skip
def test_name_of_what_is_pointed_to(answerer: Answerer, history: tuple[str, ...], text: str, read: str | None) -> None:
    """The first and the last of several names, and the other thing of a kind, are read by their names."""
    reader = answerer.reader
    turn = turn_of(text, history, reader.library.known(), Scope(), reader.today)
    assert pointed(turn, reader.ready(turn.chosen.groups[0]), reader).text == (read or text)


def test_answer_to_what_is_pointed_to(answerer: Answerer) -> None:
    """The other of two councils is answered of, not the one that was asked about."""
    for text in ("Hur många ledamöter har det andra rådet?", "och det andra, hur många ledamöter?"):
        told = answerer.answer(text, _OF_COUNCILS).answer
        assert "fyra ledamöter" in told
        assert "nio" not in told


_COUNCILS = """Fiskhamnens kommun
Verksamhetsplan 2031

1 Båtrådet
Båtrådets uppgift är att föra båtfolkets talan hos nämnden.
Det består av nio ledamöter, som utses varje vår.

2 Rådet för simkunnighet
Rådet för simkunnighet har fyra ledamöter, som utses för fyra år i taget.

3 Priser
En bryggplats kostar 900 kronor per säsong från den 1 januari 2031. Priset 2030 var 850 kronor.
"""


@pytest.mark.parametrize(
    ("before", "text", "said"),
    [
        ("Vad har båtrådet för uppgift?", "Hur ofta utses ledamöterna?", "varje vår"),
        ("Vad kostar en bryggplats per säsong?", "vad var det året innan?", "850"),
    ],
)
def test_answer_to_what_leans(tmp_path: Path, before: str, text: str, said: str) -> None:
    """A thing named as known is the one of what was told; the year before is another year's figure."""
    file = tmp_path / "plan.txt"
    file.write_text(_COUNCILS, "utf-8")
    answerer = Answerer(Plans({"plan.txt": read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))
    assert said in answerer.answer(text, [before]).answer.split("[1]")[0]
