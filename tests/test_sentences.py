"""Passages cut into sentences and list items that can be quoted from the stored text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.source import Span
from retrieval.language.sentences import sentences_in


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences_in(text, (Span(0, len(text)),))]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Kajen sopas. Bryggan målas.", ["Kajen sopas.", "Bryggan målas."]),
        ("Ja! Nej? Kanske.", ["Ja!", "Nej?", "Kanske."]),
        ("”Vi kommer.” Så sa de.", ["”Vi kommer.”", "Så sa de."]),
        ("Vi ses t.ex. vid kajen. Sedan går vi.", ["Vi ses t.ex. vid kajen.", "Sedan går vi."]),
        ("Arbetet leds av bl.a. Hamnlaget. Det är nytt.", ["Arbetet leds av bl.a. Hamnlaget.", "Det är nytt."]),
        ("Avd. 3 öppnar. Den är ny.", ["Avd. 3 öppnar.", "Den är ny."]),
        ("Resp. enhet betalar. Det är nytt.", ["Resp. enhet betalar.", "Det är nytt."]),
        ("Enligt 3 kap. 2 § gäller det. Punkt.", ["Enligt 3 kap. 2 § gäller det.", "Punkt."]),
        ("Kajen är 5,5 meter. Den är låg.", ["Kajen är 5,5 meter.", "Den är låg."]),
        ("Fyren tändes 2021. Det firas.", ["Fyren tändes 2021.", "Det firas."]),
        ("Priset är 1 585 kr. Förra året var det 90.", ["Priset är 1 585 kr.", "Förra året var det 90."]),
        ("Vi köper 12 st. Båten räcker.", ["Vi köper 12 st.", "Båten räcker."]),
        ("Priset är 85 kr. per natt.", ["Priset är 85 kr. per natt."]),
        ("Den gäller från 2026-01-01. Sedan ny.", ["Den gäller från 2026-01-01.", "Sedan ny."]),
        ("Det kostar 5 mnkr. Sedan mer.", ["Det kostar 5 mnkr.", "Sedan mer."]),
        ("Läs www.hamnen.example för mer. Eller ring.", ["Läs www.hamnen.example för mer.", "Eller ring."]),
        ("Ett utan slut", ["Ett utan slut"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    """A sentence ends at its stop, also after a unit; an abbreviation, an ordinal or an address ends none."""
    assert cut(text) == sentences


@pytest.mark.parametrize("mark", ["• ", "– ", "- ", "\uf0b7 ", "1. ", "12) ", "a) "])
def test_list_items(mark: str) -> None:
    """Each item of a list, however it is marked, stands by itself, and so does the line that leads in."""
    assert cut(f"Målen är:\n{mark}en ren kaj\n{mark}en lugn\nbrygga") == [
        "Målen är:",
        f"{mark}en ren kaj",
        f"{mark}en lugn\nbrygga",
    ]


def test_sentence_over_lines() -> None:
    """A line break within a sentence does not end it, and is kept as extracted."""
    assert cut("Kajen ska \n\nsopas i maj. \nBryggan i juni.") == ["Kajen ska \n\nsopas i maj.", "Bryggan i juni."]


def test_spans_stay_apart() -> None:
    """What a page break parts is never one sentence; what stands between the spans is left out."""
    text = "Kajen ska SIDFOT sopas. Klart."
    found = [text[s.start : s.end] for s in sentences_in(text, (Span(0, 9), Span(17, len(text))))]
    assert found == ["Kajen ska", "sopas.", "Klart."]


PROSE = st.lists(
    st.sampled_from(
        ["Kajen", "bl.a.", "sopas.", "Den", "2021.", "5,5", "•", "\n•", "\n", "\n- ", "1.", "”Ja!”", "mål?"]
    ),
    max_size=30,
).map(" ".join)


@given(st.one_of(st.text(max_size=200), PROSE), st.integers(0, 5))
def test_sentences_cover_the_passage(text: str, skipped: int) -> None:
    """The sentences of any text are in order and trimmed, do not overlap, and leave no word out."""
    span = Span(min(skipped, len(text)), len(text))
    found = list(sentences_in(text, (span,)))
    at = span.start
    for sentence in found:
        assert at <= sentence.start < sentence.end <= span.end
        assert not text[at : sentence.start].strip()
        words = text[sentence.start : sentence.end]
        assert words == words.strip()
        at = sentence.end
    assert not text[at : span.end].strip()
