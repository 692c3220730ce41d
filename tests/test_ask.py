"""Questions from the command line: one typed, or a batch piped, each with an answer that can be checked."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import Command, Ran
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_private import watched

from bot.asking import Query, QuestionError, answer_lines, on_terminal, read_query, sources
from bot.build import build_asker, build_index
from bot.settings import read_settings
from retrieval.evidence.answer_types import Citation
from retrieval.store.index import Index

ROOT = Path(__file__).parents[1]
FIELDS = ["id", "answer", "language", "abstained", "answered_by", "citations", "computed", "seconds"]
CITATION = ["n", "document", "section", "page", "page_label", "quote"]
NORRSJO, GRANVALLA = "verksamhetsplan-2026-norrsjo.txt", "verksamhetsplan-2026-granvalla-ostmo.txt"
BEFORE = "verksamhetsplan-2025-norrsjo.txt"
FERIEJOBB = "Vad är årsmålet för antal ungdomar som har haft feriejobb hos staden?"
NETTO = "Vad är nettobudgeten för förskolan?"
NOWHERE = "Vad är målet för förskolan i Norrby kommun?"


def answered(ran: Ran) -> dict[str, Any]:
    assert (ran.code, ran.err) == (0, "")
    (line,) = ran.out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def refused(ran: Ran) -> str:
    """The one line on stderr of a command that ended with 2 and wrote nothing else."""
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("plansvar: ")
    assert ran.err.count("\n") == 1
    return ran.err


def batch(lines: Iterable[object], tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    written = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    file.write_text("\n".join(written), encoding="utf-8")
    return file


def documents(answer: dict[str, Any]) -> set[str]:
    return {citation["document"] for citation in answer["citations"]}


# One question


def test_contract(plansvar: Command, samples: Path) -> None:
    """The answer has the fields of the contract, and its quotes stand word for word in the document's text."""
    answer = answered(plansvar("ask", f"{FERIEJOBB[:-1]} och hur mycket lägre är det än KF:s?", "--json"))
    assert list(answer) == FIELDS
    assert answer["id"] is None
    assert "310" in answer["answer"]
    assert (answer["language"], answer["abstained"], answer["answered_by"]) == ("sv", False, "lookup")
    assert answer["computed"] == [{"value": "3 890 st", "formula": "4 200 − 310", "from": [1]}]
    assert 0 < answer["seconds"] < 10
    for n, citation in enumerate(answer["citations"], 1):
        assert list(citation)[:6] == CITATION
        assert citation["n"] == n
        assert f"[{n}]" in answer["answer"]
        assert citation["document"] == NORRSJO
        assert citation["quote"] in plansvar("documents", "text", NORRSJO).out
    first = answer["citations"][0]
    assert (first["row"], first["column"]) == ("Antal ungdomar som har haft feriejobb hos staden", "Årsmål")
    assert first["section"].startswith("KF:s inriktningsmål 1")
    assert first["page"] is None


def test_page(plansvar: Command, samples: Path) -> None:
    """A citation has the page, where the document shows it, and no table where the words are prose."""
    table = answered(plansvar("ask", NETTO, "--year", 2025, "--json"))["citations"][0]
    assert (table["document"], table["page"], table["page_label"]) == (BEFORE, 7, "7")
    prose = answered(plansvar("ask", "Hur många ledamöter har pensionärsrådet?", "--json"))["citations"][0]
    assert list(prose) == CITATION


ABSENT = (
    ("När ska {} vara klar och vem håller i den?", ("parkplanen", "ishallen", "gångtunneln under banvallen")),
    ("Vad kostar {}?", ("parkeringshuset", "robotgräsklipparen")),
    ("Var ligger {}?", ("discgolfbanan", "återvinningsstationen")),
    ("Vad säger planen om {}?", ("vindkraftverket", "kontorshunden", "traineeprogrammet")),
    ("Hur mycket pengar läggs på {}?", ("hundrastgården", "distansarbetspolicyn")),
    ("When will the {} be finished?", ("ice rink", "disc golf course", "noise barrier")),
    ("What is our target for the {}?", ("driving course", "recycling station")),
    ("Vilka {} har vi?", ("hundrastgårdar", "vindkraftverk")),
    ("Hur mycket har {} ökat sedan förra året?", ("julmarknaden", "parkeringsavgiften")),
    ("Which {} do we have?", ("ice rinks", "wind turbines")),
)
ABSENT_THEN = (
    ("Vad är årsmålet för sjukfrånvaro?", ("och för cykelgaraget?", "vad kostar discgolfbanan då?")),
    ("Vad är nettobudgeten för förskolan?", ("och för utegymmet?", "hur är det med konstgräsplanen?")),
    ("What is our sick leave target?", ("and for the skate park?", "what about the coffee machine?")),
)


def test_what_the_plan_does_not_have(plansvar: Command, samples: Path, tmp_path: Path) -> None:
    """What a plan doesn't name has no time, price, place or goal there, however it is asked, nor is what was told of
    another thing told of it; what the plan names is answered."""
    absent: list[dict[str, object]] = [
        {"question": question.format(thing)} for question, things in ABSENT for thing in things
    ]
    absent += [{"question": then, "history": [first]} for first, follow_ups in ABSENT_THEN for then in follow_ups]
    told = (
        {"question": "När ska bryggan i Kvarnviken vara klar?"},
        {"question": "Var ligger mötesplatsen Fyren?"},
        {"question": "Vad kostar lunch för en gäst?"},
        {"question": "Vilka fritidsgårdar har vi?"},
        {"question": "och för äldreomsorgen?", "history": ["Vad är nettobudgeten för förskolan?"]},
    )
    ran = plansvar("ask", "--batch", batch([*absent, *told], tmp_path), "--year", 2026)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    wrong = [each for each, got in zip(absent, answers, strict=False) if not got["abstained"]]
    assert not wrong
    assert not any(each["abstained"] for each in answers[len(absent) :])


def test_read_by_a_person(plansvar: Command, samples: Path) -> None:
    """The answer is printed, and below it each source: where it stands, and the words."""
    ran = plansvar("ask", NETTO, "--year", 2025)
    assert (ran.code, ran.err) == (0, "")
    said, _, below = ran.out.partition("\n\n")
    assert "281,3" in said
    assert below.startswith(f"[1] {BEFORE}, ")
    assert "p. 7" in below
    assert "281,3" in below


def test_english(plansvar: Command, samples: Path) -> None:
    """A question in English has an answer in English from the Swedish plan."""
    answer = answered(plansvar("ask", "How many young people should have a holiday job with the city?", "--json"))
    assert answer["language"] == "en"
    assert "310" in answer["answer"]
    assert documents(answer) == {NORRSJO}


def test_abstains(plansvar: Command, samples: Path) -> None:
    """That the plans don't say it is an answer, with nobody who answered and nothing cited."""
    answer = answered(plansvar("ask", NOWHERE, "--json"))
    assert (answer["abstained"], answer["answered_by"], answer["citations"]) == (True, None, [])
    assert plansvar("ask", NOWHERE) == (0, f"{answer['answer']}\n", "")


def test_whose_plan(plansvar: Command, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the question names wins, else the options, else the settings; PLANSVAR_TODAY is the clock."""
    by_settings = answered(plansvar("ask", NETTO, "--json"))
    assert documents(by_settings) == {NORRSJO}
    by_option = answered(plansvar("ask", NETTO, "--json", "--organisation", "granvalla-ostmo"))
    assert documents(by_option) == {GRANVALLA}
    by_question = answered(plansvar("ask", f"{NETTO[:-1]} i Granvalla-Östmo?", "--json", "--organisation", "Norrsjö"))
    assert documents(by_question) == {GRANVALLA}
    monkeypatch.setenv("PLANSVAR_TODAY", "2025-06-30")
    assert documents(answered(plansvar("ask", NETTO, "--json"))) == {BEFORE}
    assert documents(answered(plansvar("ask", NETTO, "--json", "--year", 2026))) == {NORRSJO}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["  \n"], "empty"),
        (["a" * 2001], "2001 characters"),
        ([NETTO, "--organisation", "Kalix"], "Kalix: no plan; those that have one are Norrsjö, Granvalla-Östmo"),
        ([NETTO, "--year", "26"], "--year 26"),
        ([NETTO, "--year", "nu"], "--help"),
        ([], "either a question or --batch"),
        ([NETTO, "--batch", "x.jsonl"], "either a question or --batch"),
        (["--batch", "x.jsonl"], "x.jsonl: No such file"),
        (["--batch", "-", "--unit", "Parken"], "--unit: in a file of questions each has a scope"),
    ],
)
def test_mistakes(plansvar: Command, samples: Path, arguments: list[str], says: str) -> None:
    """A mistake is one line that names the culprit and the remedy."""
    assert says in refused(plansvar("ask", *arguments))


def test_nothing_ingested(plansvar: Command, tmp_path: Path) -> None:
    """With no plan stored there is nothing to ask, and the line says what to do."""
    assert "plansvar ingest" in refused(plansvar("ask", NETTO))
    assert "plansvar ingest" in refused(plansvar("ask", "--batch", batch([{"question": NETTO}], tmp_path)))


def test_longest(plansvar: Command, samples: Path) -> None:
    """A question of just the most characters is answered."""
    assert answered(plansvar("ask", f" {(NETTO * 100)[:2000]} ", "--json"))["answer"]


def test_nothing_is_obeyed_by_the_terminal() -> None:
    """What a terminal would obey is taken out of a plan's words; letters, bullets and line breaks stay."""
    assert on_terminal("å\x1b[2J\x07\u202e•\uf0b7\u2009\n") == "å[2J•\uf0b7\u2009\n"
    hostile = Citation(1, "a\x1b.txt", "S", 3, "iii", "x\x1b[31m  y\nz", "T", None, "C")
    assert list(sources([hostile])) == ["[1] a.txt, S, p. iii, T / C", "    ”x[31m y z”"]


def test_long_quote_is_shortened() -> None:
    """A long quote ends between two words below an answer."""
    _, words = sources([Citation(1, "a.txt", "S", None, None, "sopas " * 100)])
    assert len(words) < 260
    assert words.endswith("sopas …”")


# A batch


def test_batch(plansvar: Command, samples: Path, tmp_path: Path) -> None:
    """Each question has its answer, in order, by its own history and scope."""
    questions = [
        {"id": "a", "question": NETTO, "history": [], "scope": {"organisation": "Norrsjö", "year": 2026}},
        {"id": 2, "question": "och för äldreomsorgen?", "history": [NETTO]},
        {"id": "c", "question": NETTO, "scope": {"organisation": "Granvalla-Östmo", "unit": None, "year": None}},
        {"id": None, "question": NETTO, "scope": {"organisation": "Norrsjö", "year": "2025"}},
        {"question": NOWHERE, "history": None, "scope": None, "type": "unanswerable"},
        {"question": NETTO, "language": "en"},
    ]
    ran = plansvar("ask", "--batch", batch(questions, tmp_path))
    assert (ran.code, ran.err) == (0, "")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [list(answer) for answer in answers] == [FIELDS] * 6
    assert [answer["id"] for answer in answers] == ["a", 2, "c", None, None, None]
    assert [documents(answer) for answer in answers] == [{NORRSJO}, {NORRSJO}, {GRANVALLA}, {BEFORE}, set(), {NORRSJO}]
    assert [answer["language"] for answer in answers] == ["sv"] * 5 + ["en"]
    assert "401,3" in answers[1]["answer"]
    assert all(answer["seconds"] < 0.5 for answer in answers)  # reading a plan is not counted


def test_broken_lines(plansvar: Command, samples: Path, tmp_path: Path) -> None:
    """A line that holds no question has an error in its place, the rest is answered, and the end tells of it."""
    broken = [
        "nonsense",
        "[1]",
        '"text"',
        "{}",
        '{"id": "x", "question": 7}',
        '{"id": "x", "question": "  "}',
        '{"id": "x", "question": "' + "a" * 2001 + '"}',
        '{"id": "x", "question": "hej", "history": "hej"}',
        '{"id": "x", "question": "hej", "history": [1]}',
        '{"id": "x", "question": "hej", "scope": "Norrsjö"}',
        '{"id": "x", "question": "hej", "scope": {"year": "i år"}}',
        '{"id": "x", "question": "hej", "scope": {"unit": 3}}',
        '{"id": "x", "question": "hej", "language": "fi"}',
        '{"id": ["x"], "question": "hej"}',
        '{"id": "x", "question": "\\ud800"}',
        "[" * 100_000,
    ]
    good = {"id": "good", "question": NETTO}
    ran = plansvar("ask", "--batch", batch([good, *broken, "", good], tmp_path))
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert [each["id"] for each in found] == ["good", *[None] * len(broken), "good"]
    for each in found[1:-1]:
        assert list(each) == ["id", "error"]
        assert each["error"]
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert f"questions.jsonl: {len(broken)} lines" in ran.err


def test_not_utf8(samples: Path) -> None:
    """Bytes that are no UTF-8 are a broken line, and a byte order mark is none."""
    settings = read_settings()
    index = build_index(settings)
    asker = build_asker(settings, index)
    lines = [b'{"question": "\xe5"}\n', b'\xef\xbb\xbf{"id": 1, "question": "hej"}\r\n']
    found = [(json.loads(line)["id"], good) for line, good in answer_lines(asker, lines)]
    index.close()
    assert found == [(None, False), (1, True)]


def test_a_fault_stops_nothing(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where answering a question fails, its line says so and the next is answered."""
    settings = read_settings()
    index = build_index(settings)
    asker = build_asker(settings, index)
    answer = asker.answerer.answer

    def failing(question: str, *more: Any) -> object:
        return 1 / 0 if question == "fel" else answer(question, *more)

    monkeypatch.setattr(asker.answerer, "answer", failing)
    lines = [b'{"id": 1, "question": "fel"}', b'{"id": 2, "question": "hej"}']
    first, second = (json.loads(line) for line, _ in answer_lines(asker, lines))
    index.close()
    assert first["id"] == 1
    assert "ZeroDivisionError" in first["error"]
    assert second["answer"]


def test_replaced_meanwhile(samples: Path) -> None:
    """A question asked while its plan is stored anew is answered from the new one."""
    settings = read_settings()
    index = build_index(settings)
    asker = build_asker(settings, index)
    asker.library.known()
    for document in index.documents():
        index.store(document.name, index.plan(document.id), "e")
    answer = asker.ask(Query(NETTO))
    index.close()
    assert "281,5" in answer.answer


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["year", "unit", "organisation"]), inner),
    max_leaves=6,
)


# The first of all random texts takes a second, since hypothesis makes its table of characters then.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary()
    | st.dictionaries(st.sampled_from(["id", "question", "history", "scope"]), JSON).map(
        lambda found: json.dumps(found).encode()
    )
)
def test_any_line(line: bytes) -> None:
    """Whatever a line holds, it is a question or a mistake that one line of text can tell."""
    try:
        query = read_query(line)
    except QuestionError as error:
        query = Query(str(error))  # what it says can be written too
    assert isinstance(query.question, str)
    json.dumps([query.id, query.question, query.history], ensure_ascii=False).encode()


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    code = "import sys; from bot.cli import main; sys.argv[0] = 'plansvar'; main()"
    command = [sys.executable, "-c", code, *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)


def test_streams(samples: Path) -> None:
    """From stdin each question is answered before the next is written, with nothing on stderr."""
    with start("ask", "--batch", "-") as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        for n, question in enumerate((NETTO, FERIEJOBB, "?")):
            process.stdin.write(json.dumps({"id": n, "question": question}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == n
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_nobody_reads(samples: Path) -> None:
    """When who reads the answers has had enough, the command ends without a word."""
    with start("ask", "--batch", "-") as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        line = json.dumps({"id": 1, "question": NETTO}).encode() + b"\n"
        process.stdin.write(line)
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(line * 2)
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.slow
def test_memory_is_flat(samples: Path) -> None:
    """Ten thousand questions take no more memory than a thousand."""

    def resident() -> int:
        status = Path("/proc/self/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]

    settings = read_settings()
    index = build_index(settings)
    asker = build_asker(settings, index)
    question = "Vad är målet för plats {} i Norrsjö?"
    lines = (json.dumps({"question": question.format(n)}).encode() for n in range(10_000))
    after = []
    for n, _ in enumerate(answer_lines(asker, lines), 1):
        if n in (1000, 10_000):
            after.append(resident())
    index.close()
    assert after[1] - after[0] < 20_000  # kB


ASK = """
import os, sys
from bot.private import keep_private
keep_private()
from bot.cli import run
for typed in (["ask", sys.argv[1]], ["ask", sys.argv[1], "--json"], ["ask", "--batch", sys.argv[2]], ["chat"]):
    assert run(typed) == 0, typed
"""


def test_nothing_is_sent(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking tries no connection: one question, a batch or a chat."""
    file = batch([{"question": NETTO}], tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    ran = watched(ASK, tmp_path, NETTO, str(file))
    assert (ran.returncode, ran.stderr.decode()) == (0, "")
    assert not (tmp_path / "log").exists()


def test_index_is_only_read(plansvar: Command, samples: Path) -> None:
    """Asking leaves what is stored as it was."""
    index = Index(f"sqlite:///{samples / 'plans.db'}")
    before = index.documents()
    plansvar("ask", NETTO)
    assert index.documents() == before
    index.close()
