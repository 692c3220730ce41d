"""Running headers, footers and printed page numbers."""

from __future__ import annotations

import pytest

from ingest.furniture import printed_label, without_furniture
from ingest.source import Line, Page, Source


def lined(text: str, pages: tuple[Page, ...] = ()) -> Source:
    items, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            items.append(Line(at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at += len(line) + 1
    return Source(text, tuple(items), pages)


def words(source: Source) -> list[str]:
    return [source.text[line.start : line.end] for line in source.lines()]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Sid 16 (88)", "16"),
        ("Sida 3 av 9", "3"),
        ("3 (14)", "3"),
        ("4/20", "4"),
        ("Tjänsteutlåtande Sid 2 (8)", "2"),
        ("Page 7 of 12", "7"),
        ("Antal sidor 3", None),
        ("12 nya båtplatser", None),
    ],
)
def test_page_numbers_are_known_in_their_usual_forms(line: str, label: str | None) -> None:
    """A line that is a page number, perhaps with the document's name, tells the page."""
    assert printed_label(line) == label


def test_text_has_pages_only_where_numbers_are_printed() -> None:
    """A printed number opens a page that ends at the next; before the first the page is unknown, never interpolated."""
    source = without_furniture(
        lined("Inledning\nHamnen är öppen.\nTjänsteutlåtande\nSid 4 (9)\nKajer.\nSid 6 (9)\nFyrar.\n")
    )
    assert words(source) == ["Inledning", "Hamnen är öppen.", "Kajer.", "Fyrar."]
    assert [(page.number, page.label) for page in source.pages] == [(4, "4"), (6, "6")]


def test_lines_that_always_stand_by_the_number_are_furniture() -> None:
    """An address that stands at the same place beside every page number is none of the text."""
    text = "Kajer.\nLerviks hamn, Box 1\nSid 2 (9)\nFyrar.\nLerviks hamn, Box 1\nSid 3 (9)\nBåtar.\n"
    assert words(without_furniture(lined(text))) == ["Kajer.", "Fyrar.", "Båtar."]


def test_head_of_left_and_right_pages_is_furniture() -> None:
    """The lines of a head are none of the text though left and right pages have them in another order."""
    heads = ("Verksamhetsplan 2031\nHamnkontoret", "Hamnkontoret\nVerksamhetsplan 2031")
    text = "".join(f"Text {n} står här.\nSida {n} (9)\n{heads[n % 2]}\n" for n in range(2, 8))
    assert words(without_furniture(lined(text))) == [f"Text {n} står här." for n in range(2, 8)]


def test_long_running_head_is_furniture() -> None:
    """A line beside every page's number is none of the text, though it is longer than any cell."""
    head = "Lerviks stad Verksamhetsplan 2031 Fiskhamnen och Norra kajernas hamnnämnd\nDnr LFN 2030/61 sid"
    text = "".join(f"Text {n} står här.\n{head} {n} (9)\n" for n in range(2, 6))
    assert words(without_furniture(lined(text))) == [f"Text {n} står här." for n in range(2, 6)]


def test_heading_near_two_page_numbers_stays() -> None:
    """A word that stands near page numbers by chance, at different places, is text."""
    text = "Investeringar\nSid 2 (9)\nFyrar.\nSid 3 (9)\nInvesteringar\nBåtar.\n"
    assert words(without_furniture(lined(text))) == ["Investeringar", "Fyrar.", "Investeringar", "Båtar."]


def test_lines_repeated_on_most_pages_are_furniture() -> None:
    """Where pages are known, what stands at the top or bottom of most of them goes, and tells their labels."""
    parts = [f"Lerviks hamn\nStycke {'abc'[n]} om hamnen.\n{n + 1} (3)\n" for n in range(3)]
    starts = [sum(map(len, parts[:n])) for n in range(4)]
    pages = tuple(Page(n + 1, None, starts[n], starts[n + 1]) for n in range(3))
    source = without_furniture(lined("".join(parts), pages))
    assert words(source) == [f"Stycke {letter} om hamnen." for letter in "abc"]
    assert [page.label for page in source.pages] == ["1", "2", "3"]


def test_a_cell_is_no_page_number() -> None:
    """What looks like a page's number but comes before a lower one is a cell."""
    text = "Hamn 1\nSida 1\nLots med bevis\n44 av 49\n49 av 49\nSida 2\nKajen är hel.\nSida 3\n"
    found = without_furniture(lined(text))
    assert [page.label for page in found.pages] == ["1", "2", "3"]
    assert "49 av 49" in words(found)


def test_lone_numbers_by_a_running_head_are_page_numbers() -> None:
    """Numbers that count up, each with the same line below it, are pages; the last may end the document."""
    head = "Lerviks kommun\tHAM 2030/219\n"
    text = f"Lerviks hamn\n1\n{head}Kajer.\n2\n{head}Fyrar 2.\n3\n{head}Båtar.\n4\n"
    found = without_furniture(lined(text))
    assert words(found) == ["Lerviks hamn", "Kajer.", "Fyrar 2.", "Båtar."]
    assert [(page.number, page.label) for page in found.pages] == [(n, str(n)) for n in (1, 2, 3, 4)]


def test_row_that_stands_twice_above_a_page_number_stays() -> None:
    """What happens to stand at the end of two pages of many is no foot, nor is the small rest of a cell."""
    pages = [
        f"Stycke {'abcdefghi'[n]}.\n{'Rusta piren' if n in (2, 5) else 'Slut.'}\nSida {n} av 9\n" for n in range(9)
    ]
    assert words(without_furniture(lined("".join(pages)))).count("Rusta piren") == 2


def test_entry_of_the_contents_with_room_for_one_dot() -> None:
    """A title as long as its line has one dot before its page; the label under it in the text is no part of it."""
    text = """Innehåll
Inledning ................................ 1
Mål 1: En öppen hamn som alla når till fots . 2
Ekonomi .................................. 3
Bilagor .................................. 4

Inledning
Hamnen är öppen.
Mål:
1. En öppen hamn som alla når till fots
Nämndmål:
1.1 Bryggan är hel
Ekonomi
Pengarna räcker.
Bilagor
En karta.
"""
    found = without_furniture(lined(text))
    listed = [found.text[line.start : line.end] for line in found.lines() if line.listed is not None]
    assert listed == ["Inledning", "1. En öppen hamn som alla når till fots", "Ekonomi", "Bilagor"]


def test_second_line_of_a_head_in_small_letters() -> None:
    """What stands beside every page number and nowhere else is furniture, though it begins small."""
    pages = [f"Stycke {'abcdef'[n]}.\nHamnplan 2031\nSid {n} (9)\nlervik-bojarna\n" for n in range(1, 6)]
    assert "lervik-bojarna" not in words(without_furniture(lined("".join(pages))))
