"""What comes first of what is ranked: what tells what a thing is, what says otherwise, and the total of a table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from test_answer import LEXICON, Plans

from ingest.plan import Activity, Description, Origin, Passage, Period, Plan, Section, TableCell, TableRow
from ingest.source import Span
from retrieval.answer import Answerer

_LINES = (
    "Norrsjö verksamhetsplan 2026",
    "Hamnen",
    "Utbilda lotsarna i Ankarstegen",
    "Ankarstegen, som prövas i hamnen, är ett sätt att ta emot båtar.",
    "Fyren Blinken stänger på måndagar för att spara ström.",
    "Inköp i hamnen\n• rep\n• tjära",
    "I inköp ska vi ta hänsyn till pris, miljö och kvalitet.",
    "Norra 4",
    "Södra 5",
    "Summa 9",
    "Under året köper vi in följande varor:\n• rep\n• tjära",
    "Nämnden söker 3 mnkr för en vågbrytare.",
    "Om pengarna kommer byggs vågbrytaren i juni.",
    "Avgiften för bryggplats sänks från 900 till 700 kronor.",
    "Avgiften för kran är oförändrad.",
    "Avgiften för slip höjs till 500 kronor på grund av dyrare el.",
    "Regattan har flyttats till januari 2027.",
    "Kranen Stockanäs revs 2019, och Storpiren, som skulle ha öppnat i år, väntar på stål.",
    "Tävlingen Snäckan avbröts i maj.",
    "Seglarenkäten, som brukar hållas i mars, flyttas till oktober.",
    "Flytbryggan Ejdern byggs under 2028.",
    "Medel söks för muddring av kanalen med 3 mnkr.",
    "Nämnden ansöker om totalt 5 mnkr till muddring.",
)
_STARTS = [sum(len(line) + 1 for line in _LINES[:n]) for n in range(len(_LINES))]


def _origin(n: int) -> Origin:
    return Origin(1, (Span(_STARTS[n], _STARTS[n] + len(_LINES[n])),))


def _row(n: int) -> TableRow:
    name, count = _LINES[n].split()
    cell = TableCell("Kajer", None, None, count, Decimal(count), _origin(n).spans[0])
    return TableRow("rows", "Hamnar", name, None, (cell,), _origin(n))


PLAN = Plan(
    Description("Verksamhetsplan", "Norrsjö", period=Period(date(2026, 1, 1), date(2026, 12, 31))),
    "\n".join(_LINES),
    sections=(
        Section("Norrsjö", "", "", 1, None, Span(0, len(_LINES[0]))),
        Section("Hamnen", "", "", 1, None, _origin(1).spans[0]),
    ),
    passages=tuple(Passage(_LINES[n], _origin(n)) for n in (3, 4, 6, *range(10, 23))),
    activities=(Activity(_LINES[2], ("Lotschefen",), date(2026, 1, 1), date(2026, 6, 30), _origin(2)),),
    rows=tuple(map(_row, (7, 8, 9))),
)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Vad är Ankarstegen?", "Ankarstegen, som prövas"),
        ("vad menas med ankarstegen", "Ankarstegen, som prövas"),
        ("What is Ankarstegen?", "The plan says: “Ankarstegen, som prövas"),
        ("När öppnar Blinken på måndagar?", "Fyren Blinken stänger på måndagar"),
        ("Hur många kajer finns det?", "Hamnar – Summa: Kajer 9"),
        ("Nu när vi har fått pengarna till vågbrytaren, när byggs den?", "Nämnden söker 3 mnkr"),
        ("When do we get the money we were granted for vågbrytaren?", "The plan says: “Nämnden söker 3 mnkr"),
        ("Varför höjer vi avgiften för bryggplatser?", "Avgiften för bryggplats sänks"),
        ("Why do we raise the fee for kran?", "The plan says: “Avgiften för kran är oförändrad"),
        ("Varför höjer vi avgiften för slipen?", "Avgiften för slip höjs"),
        ("Vilket datum i år går regattan?", "Regattan har flyttats"),
        ("Vad heter chefen för Stockanäs?", "Kranen Stockanäs revs"),
        ("What is the phone number to Storpiren?", "The plan says: “Kranen Stockanäs revs"),
        ("Vem vann tävlingen Snäckan?", "Tävlingen Snäckan avbröts"),
        ("Eftersom seglarenkäten hålls i mars, vilket betyg väntar vi oss?", "Seglarenkäten, som brukar"),
        ("Nu när flytbryggan Ejdern byggs 2026, vem målar den?", "Flytbryggan Ejdern byggs under 2028"),
        ("HUR MÅNGA KAJER FINNS DET", "Hamnar – Summa: Kajer 9"),
        ("Hur mycket söker vi totalt till muddring, och hur mycket till kanalen?", "Nämnden ansöker om totalt 5"),
        ("Hur mycket söker vi till muddring av kanalen?", "Medel söks för muddring av kanalen"),
        ("Förutom bensin, vad mer köper vi in?", "Under året köper vi in följande varor:\n– rep\n– tjära"),
    ],
)
def test_first(question: str, first: str) -> None:
    """The answer begins with what explains, says otherwise, counts all there are, or announces what is listed."""
    answer = Answerer(Plans({"plan.txt": PLAN}), LEXICON, lambda: date(2026, 3, 1)).answer(question)
    assert answer.answer.lstrip("• ").startswith(first)
