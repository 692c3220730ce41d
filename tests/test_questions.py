"""The sample questions are sound: well formed, proved by their document, and graded right when rightly answered."""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES

from bot.evaluating import read_questions
from retrieval.evidence.answer_types import Answer, Citation
from retrieval.grading import Gold, grade, says, squashed

TUNED, FROZEN = SAMPLES / "questions.jsonl", SAMPLES / "questions-frozen.jsonl"
TEXTS = {path.name: squashed(path.read_text("utf-8")) for path in SAMPLES.glob("*.txt")}
KEYS = ["id", "type", "lang", "scope", "history", "question", "doc", "expect", "forbid", "evidence", "section", "note"]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def golds() -> list[Gold]:
    return [gold for path in (TUNED, FROZEN) for gold, _ in read_questions(path)]


def parts(gold: Gold) -> list[tuple[str, str]]:
    """Each piece of evidence with the document it stands in."""
    return [(next(name for name in gold.documents if squashed(words) in TEXTS[name]), words) for words in gold.evidence]


def ideal(gold: Gold) -> Answer:
    """An answer that says the first wording of everything expected and quotes the evidence."""
    said = ". ".join(group[0] for group in gold.expect) or "Det står inte i planen."
    quotes = tuple(Citation(number, name, "", None, None, words) for number, (name, words) in enumerate(parts(gold), 1))
    return Answer(said, gold.language, not gold.expect, "lookup" if gold.expect else None, quotes)


def test_questions_have_the_same_keys_in_both_halves() -> None:
    """Every question has all keys in the usual order, and no two have the same id or the same words and scope."""
    asked = lines(TUNED) + lines(FROZEN)
    assert all(list(each) == KEYS for each in asked)
    assert not [id for id, times in Counter(each["id"] for each in asked).items() if times > 1]
    assert not [
        words
        for words, times in Counter(
            (each["question"], str(each["scope"]), str(each["history"])) for each in asked
        ).items()
        if times > 1
    ]


def test_halves_are_alike() -> None:
    """Both halves have as many questions of each kind in each language."""
    tuned, frozen = (Counter((each["type"], each["lang"]) for each in lines(path)) for path in (TUNED, FROZEN))
    assert tuned == frozen


@pytest.mark.parametrize("gold", golds(), ids=lambda gold: gold.id)
def test_question_is_sound(gold: Gold) -> None:
    """All evidence stands in its document, and the ideal answer is right, cited and word for word."""
    assert all(any(squashed(words) in TEXTS[name] for name in gold.documents) for words in gold.evidence)
    assert bool(gold.expect) == bool(gold.evidence) == bool(gold.documents)
    assert all(name in {found for found, _ in parts(gold)} for name in gold.documents)
    graded = grade(gold, ideal(gold), TEXTS, {})
    assert graded.good, graded.why
    assert graded.verbatim


@pytest.mark.parametrize("gold", [gold for gold in golds() if gold.expect], ids=lambda gold: gold.id)
def test_answer_without_what_is_expected_is_wrong(gold: Gold) -> None:
    """The question itself is no right answer, nor is one of the forbidden values beside the right ones."""
    asked = Answer(gold.question, gold.language, False, "lookup", ideal(gold).citations)
    assert not grade(gold, asked, TEXTS, {}).right
    for wrong in gold.forbid:
        assert not any(says(good, wrong) for good in chain.from_iterable(gold.expect))
