"""The lexicon: everyday phrases found in a question, and the plan words they stand for."""

from __future__ import annotations

import time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.lexicon import Lexicon, LexiconError
from retrieval.language.swedish import Language

LEXICON = Lexicon()
DATA = sorted(path.name for path in (files("retrieval") / "lexicon").iterdir() if path.name.endswith(".tsv"))


def targets(text: str, language: Language) -> set[str]:
    return {target for found in LEXICON.expand(text, language) for target in found.targets}


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("how many kids per preschool group", {"antal barn per grupp", "barngrupp"}),
        ("eldercare satisfaction", {"äldreomsorg", "nöjda omsorgstagare"}),
        ("who do we buy meals from", {"köp", "måltid"}),
        ("who's in charge of evictions?", {"ansvarig", "vräkning"}),
        ("When are the daycare centres closing?", {"förskola", "avveckla"}),
        ("target for sick leave", {"årsmål", "sjukfrånvaro"}),
        ("are there holiday jobs for teenage girls", {"feriejobb", "flicka"}),
        ("foster children's school results", {"familjehem", "skolresultat"}),
        ("how often do we follow up domestic violence", {"periodicitet", "våld i nära relationer"}),
        ("are group homes for the disabled accessible", {"gruppbostad", "funktionsnedsättning", "tillgänglighet"}),
    ],
)
def test_english_questions_reach_plan_words(question: str, wanted: set[str]) -> None:
    """An English question gives the Swedish of its matters, through English inflection."""
    assert wanted <= targets(question, "en")


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("sjukskrivningsmål", {"sjukfrånvaro", "årsmål"}),
        ("hur många barn per dagisgrupp", {"förskola"}),
        ("när ska dagisen stänga", {"förskola", "avveckla"}),
        ("vräks nån", {"avhysning"}),
        ("socbidrag", {"ekonomiskt bistånd", "försörjningsstöd"}),
        ("antal sommarjobbare", {"feriejobb"}),
        ("vad gör fältarna", {"fältassistenter"}),
        ("ålderdomshemmen", {"vård- och omsorgsboende"}),
        ("vem basar över dagispersonalen", {"ansvarig", "förskollärare"}),
    ],
)
def test_everyday_swedish_reaches_plan_words(question: str, wanted: set[str]) -> None:
    """Everyday Swedish gives the plan's own words, through inflection and compounds."""
    assert wanted <= targets(question, "sv")


def test_expansions_say_where_they_stand() -> None:
    """An expansion's place is that of the phrase as written in the question."""
    question = "Targets for our Nursing Homes?"
    found = LEXICON.expand(question, "en")
    assert [question[each.start : each.end] for each in found] == ["Targets", "Nursing Homes"]
    assert all(0 < each.weight <= 1 for each in found)


@given(st.text(max_size=80), st.sampled_from(["sv", "en"]))
def test_any_text_can_be_expanded(text: str, language: Language) -> None:
    """Whatever is typed, expansions lie within the text in reading order and lead somewhere."""
    found = LEXICON.expand(text, language)
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert all(0 <= each.start < each.end <= len(text) and each.targets for each in found)


def test_stop_words_are_no_inflections() -> None:
    """A common verb is not taken for a form of a phrase that looks like it."""
    assert "finska" not in targets("finns det nån simskola", "sv")


def test_the_longest_phrase_wins() -> None:
    """A word is read as part of the longest phrase it stands in, once."""
    found = LEXICON.expand("day care for the elderly", "en")
    assert [each.phrase for each in found] == ["day care for the elderly"]


def test_a_misspelt_phrase_is_found_with_less_weight() -> None:
    """A slip in an everyday word still finds it, unless the caller knows the word."""
    (found,) = LEXICON.expand("kindergarden", "en")
    assert "förskola" in found.targets
    assert found.weight < 1
    assert LEXICON.expand("kindergarden", "en", known_words={"kindergarden"}) == []


def test_names_are_not_respelt() -> None:
    """Names of places in a question give nothing."""
    assert LEXICON.expand("Rågsved Skarpnäck Hägersten", "sv") == []
    assert LEXICON.expand("Rågsved Skarpnäck Hägersten", "en") == []


@pytest.mark.parametrize(
    ("swedish", "english"),
    [
        ("förskolans", "preschool"),
        ("sjukfrånvaron", "sick leave"),
        ("hemtjänsten", "home help"),
        ("avhysning", "eviction"),
        ("barnkonventionen", "convention on the rights of the child"),
        ("periodicitet", "reporting interval"),
        ("särskilt boende", "special housing"),
        ("xylofonen", None),
        ("", None),
    ],
)
def test_swedish_terms_are_glossed(swedish: str, english: str | None) -> None:
    """A Swedish term in any form has the exact English the entries give, or none."""
    assert LEXICON.gloss(swedish) == english


def test_membership_is_by_word() -> None:
    """A word that stands in a phrase is known to the lexicon."""
    assert "dagis" in LEXICON
    assert "kindergarten" in LEXICON
    assert "dagisen" in LEXICON
    assert "xylofon" not in LEXICON


def test_own_entries_come_first(tmp_path: Path) -> None:
    """A folder of the user's adds phrases and puts its plan words before the bundled ones."""
    (tmp_path / "sv-eget.tsv").write_text("# Våra ord\nblåa huset\tKulturhuset Lyktan\ndagis\tbarnhuset\n", "utf-8")
    own = Lexicon(tmp_path)
    assert own.expand("vad händer i blåa huset", "sv")[-1].targets == ("Kulturhuset Lyktan",)
    assert own.expand("dagis", "sv")[0].targets[:2] == ("barnhuset", "förskola")


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    """A line without a tab or without plan words is refused with file and line."""
    (tmp_path / "en-own.tsv").write_text("# ours\nblue house Kulturhuset\n", "utf-8")
    with pytest.raises(LexiconError, match=r"en-own\.tsv, line 2"):
        Lexicon(tmp_path).expand("blue house", "en")


@pytest.mark.parametrize("name", DATA)
def test_bundled_files_are_well_formed(name: str) -> None:
    """Every file begins with a comment, and each line is a phrase, one tab, and plan words that add something."""
    lines = (files("retrieval") / "lexicon" / name).read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    for line in lines[1:]:
        if line and not line.startswith("#"):
            phrase, right = line.split("\t")
            words = [target.strip().removeprefix("=") for target in right.split("|")]
            assert phrase == phrase.strip()
            assert all(words), line
            assert [phrase] != words or name.startswith("en-"), line


def test_loading_is_quick() -> None:
    """All bundled rows are ready within a fraction of a second."""
    began = time.process_time()
    Lexicon().expand("budget", "sv")
    assert time.process_time() - began < 1.5
