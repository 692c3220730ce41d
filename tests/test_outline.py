"""Headings, the goal ladder and passages."""

from __future__ import annotations

import pytest

from ingest.furniture import without_furniture
from ingest.outline import Outline, outlined
from ingest.source import Line, Source


def outline(text: str) -> Outline:
    items, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            items.append(Line(at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at += len(line) + 1
    return outlined(without_furniture(Source(text, tuple(items))))


def headings(found: Outline) -> list[tuple[str, str, str]]:
    return [(section.label, section.number, section.title) for section in found.sections]


PROSE = "Hamnen är öppen hela året och tar emot båtar från hela kusten, också på natten.\n"


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("KF:s inriktningsmål: 1. En öppen hamn", ("KF:s inriktningsmål", "1", "En öppen hamn")),
        ("Kommunfullmäktiges mål: Hamnen är ren", ("KF:s mål för verksamhetsområdet", "", "Hamnen är ren")),
        (
            "KF:s mål för verksamhetsområdet:\n1.2 Hamnen är ren",
            ("KF:s mål för verksamhetsområdet", "1.2", "Hamnen är ren"),
        ),
        ("4.1 KF-mål 1.2: Hamnen är ren", ("KF:s mål för verksamhetsområdet", "1.2", "Hamnen är ren")),
        ("FULLMÄKTIGES MÅL B: HAMNEN ÄR REN", ("KF:s mål för verksamhetsområdet", "B", "HAMNEN ÄR REN")),
        ("Nämndmål:\nAlla båtar har en plats", ("Nämndmål", "", "Alla båtar har en plats")),
        ("Nämndens mål: Alla båtar har en plats", ("Nämndmål", "", "Alla båtar har en plats")),
        ("Enhetens mål: Bryggan är hel", ("Enhetsmål", "", "Bryggan är hel")),
        ("Enhetsmål:\n3.2.1 Bryggan är hel", ("Enhetsmål", "3.2.1", "Bryggan är hel")),
    ],
)
def test_rungs_of_the_goal_ladder(text: str, heading: tuple[str, str, str]) -> None:
    """A rung is known by its label, its title on the same line or the next, its number there or missing."""
    assert headings(outline(f"{text}\n\nBeskrivning\n\n{PROSE}")) == [heading, ("", "", "Beskrivning")]


def test_ladder_nests() -> None:
    """Each rung stands under the one above it, and a rubric under its goal."""
    found = outline(
        "KF:s inriktningsmål: 1. En öppen hamn\n\nKF:s mål för verksamhetsområdet: 1.1 Hamnen är ren\n\n"
        f"Nämndmål: 1.1.1 Kajerna är hela\n\nFörväntat resultat\n\n{PROSE}\n"
        f"KF:s mål för verksamhetsområdet: 1.2 Hamnen är trygg\n\n{PROSE}"
    )
    assert [section.parent for section in found.sections] == [None, 0, 1, 2, 0]
    assert found.passages[-1].origin.section == 4


def test_title_that_wraps_is_one_title() -> None:
    """A goal's title goes on on the next line where it stops in the middle of a sentence."""
    found = outline(
        PROSE * 3
        + f"\nNämndmål: Alla som kommer till hamnen med egen båt ska hitta en ledig\nplats samma kväll\n\n{PROSE}"
    )
    assert found.sections[-1].title == "Alla som kommer till hamnen med egen båt ska hitta en ledig plats samma kväll"


def test_commissions_of_a_follow_up() -> None:
    """ "Uppdrag 3: …" is a heading with its number, and its words stay in the text that is answered."""
    found = outline(f"Uppdrag 3: Nämnden ska måla bryggan.\n\nFörvaltningens svar: {PROSE}")
    assert headings(found) == [("Uppdrag", "3", "Nämnden ska måla bryggan")]
    assert found.passages[0].text == "Uppdrag 3: Nämnden ska måla bryggan."


def test_list_keeps_the_sentence_that_leads_into_it() -> None:
    """Bullets are one passage with the sentence before them."""
    found = outline(f"{PROSE * 4}\nUnder året ska hamnen:\n\n• måla bryggan\n\n• byta ut två bojar\n\n{PROSE}")
    assert "Under året ska hamnen:\n• måla bryggan\n• byta ut två bojar" in [p.text for p in found.passages]


def test_front_page_has_no_headings() -> None:
    """The lines of a title page are one passage and no headings."""
    found = outline(
        "Lerviks hamnnämnd\n\nTjänsteutlåtande\n\nDnr LH 2030/12\n\nBeslutad av nämnden 2030-12-12\n\n"
        f"Verksamhetsplan 2031 för Lerviks hamnnämnd\n\nInledning\n\n{PROSE * 3}"
    )
    assert headings(found) == [("", "", "Inledning")]
    assert found.passages[0].text.splitlines()[-1] == "Verksamhetsplan 2031 för Lerviks hamnnämnd"
    assert found.passages[0].origin.section is None


def test_styles_decide_where_there_are_any() -> None:
    """Heading styles give headings and their levels; a short line in the text is none."""
    text = "Hamnen\nKajer\nBra att veta\nHamnen är öppen.\nStranden\n"
    levels = {"Hamnen": 1, "Kajer": 2, "Stranden": 1}
    items, at = [], 0
    for line in text.splitlines():
        items.append(Line(at, at + len(line), level=levels.get(line)))
        at += len(line) + 1
    found = outlined(Source(text, tuple(items)))
    assert [(s.title, s.level, s.parent) for s in found.sections] == [
        ("Hamnen", 1, None),
        ("Kajer", 2, 0),
        ("Stranden", 1, None),
    ]
    assert [p.text for p in found.passages] == ["Bra att veta", "Hamnen är öppen."]


def test_sizes_give_levels() -> None:
    """Where only sizes are told, larger headings stand above smaller ones."""
    sizes = {"Hamnen": 18.0, "Kajer": 14.0, "Stranden": 18.0}
    text = f"Hamnen\nKajer\n{PROSE}Stranden\n{PROSE}"
    items, at = [], 0
    for line in text.splitlines():
        items.append(Line(at, at + len(line), size=sizes.get(line, 11.0), bold=line in sizes))
        at += len(line) + 1
    found = outlined(Source(text, tuple(items)))
    assert [(s.title, s.parent) for s in found.sections] == [("Hamnen", None), ("Kajer", 0), ("Stranden", None)]


def test_list_of_contents_gives_levels() -> None:
    """A heading is as deep as the document's own list of contents sets it in; a rung keeps its level and label."""
    found = outline(
        "Innehåll\nHamnen ........ 2\n Kajerna ....... 2\nKommunfullmäktiges mål 1: Hamnen är ren ........ 3\n"
        " Nämndens mål 1.1: Alla båtar har en plats ........ 3\nEkonomi ........ 4\n Volymer ........ 4\n"
        "Uppföljning ........ 5\n\n"
        f"Hamnen\n\nKajerna\n\n{PROSE}\nKommunfullmäktiges mål 1: Hamnen är ren\n\n{PROSE}\n"
        f"Nämndens mål 1.1: Alla båtar har en plats\n\n{PROSE}\nBojar och fyrar\n\n{PROSE}\nEkonomi\n\n{PROSE}\n"
        f"Volymer\n\n{PROSE}\nUppföljning\n\n{PROSE}"
    )
    parents = [
        (section.title, None if section.parent is None else found.sections[section.parent].title)
        for section in found.sections
    ]
    assert parents == [
        ("Hamnen", None),
        ("Kajerna", "Hamnen"),
        ("Hamnen är ren", None),
        ("Alla båtar har en plats", "Hamnen är ren"),
        ("Bojar och fyrar", "Alla båtar har en plats"),
        ("Ekonomi", None),
        ("Volymer", "Ekonomi"),
        ("Uppföljning", None),
    ]


def test_pages_set_in_two_ways() -> None:
    """Lines with a blank one between them are one paragraph on the pages that are set so, and on no other."""
    line = "Hamnen tar emot båtar från hela kusten varje dag, också på natten, och varje båt har en\n"
    spaced = "".join(f"{line}\nVärd som möter den, ger den el och vatten, hälsar alla välkomna och visar runt dem i\n\n"
                     f"Lervik med omnejd.\n\n\n" for _ in range(6))  # fmt: skip
    close = "".join(f"{line}{line}plats.\n\n" for _ in range(6))
    found = outline(f"Bojar\n\n{spaced}Kajer\n\n{close}")
    assert [section.title for section in found.sections] == ["Bojar", "Kajer"]
    assert len(found.passages) == 12


def test_sentence_over_a_page_end_goes_on() -> None:
    """A long line right above a page's end that ends no sentence is prose, though the next begins with a capital."""
    full = PROSE.replace("\n", " och under helger.\n\n")
    found = outline(
        f"Kajerna\n\n{full * 4}\n\nTvå nya kranar med förare delar hamnen i Lervik med den större grannhamnen\n\n"
        f"Tjänsteutlåtande\nSid 2 (9)\n\nTorsviks hamnförvaltning, som betalar hälften.\n\n{full * 2}Sid 3 (9)\n"
    )
    assert [section.title for section in found.sections] == ["Kajerna"]


def test_list_over_a_page_end_is_one_list() -> None:
    """Items of a list that a page's end divides are no headings."""
    found = outline(
        f"Enheter\n\nFyren\n\nBåken\n\nSkäret\n\n\n\nSid 2 (9)\n\n\n*Kajen - ny\n\nBryggan\n\nVarvet\n\nTullen\n\n\n"
        f"Bojar\n\n{PROSE}"
    )
    assert [section.title for section in found.sections] == ["Enheter", "Bojar"]


def test_a_goal_ends_where_its_text_begins() -> None:
    """Prose right under a goal that nearly fills its line is no part of the goal."""
    found = outline(
        f"{PROSE}Nämndmål 1: Kajer och bryggor sköts så väl att alla båtar alltid har en plats\n"
        f"Läckor ska hittas snabbare och näten byggas tåligare. Arbetet styrs av hamnplanen.\n{PROSE}"
    )
    assert headings(found) == [("Nämndmål", "1", "Kajer och bryggor sköts så väl att alla båtar alltid har en plats")]


def test_a_list_of_contents_may_leave_out_the_numbers() -> None:
    """Headings are known from the list of contents though only the text numbers them."""
    found = outline(
        f"Innehåll\nUppdrag 2\nRisker 3\nMöten 4\n\n1. Uppdrag\n\n{PROSE}\n2. Risker\n\n{PROSE}\n3. Möten\n\n{PROSE}"
    )
    assert [(section.number, section.title, section.level) for section in found.sections] == [
        ("1", "Uppdrag", 1),
        ("2", "Risker", 1),
        ("3", "Möten", 1),
    ]


def test_items_set_apart() -> None:
    """Names with a blank line between them are a list, not headings, after words that announce them with a colon."""
    prose = PROSE * 3  # lines that go on, so that a blank one parts
    names = "\n\n".join(("Norra båtklubben", "Södra roddskolan", "Fyrvaktarna", "Rökeriet"))
    found = outline(f"1 Kassor\n\n{prose}\nFöljande enheter har egen kassa:\n\n{names}\n\n2 Priser\n\n{prose}")
    assert [title for _, _, title in headings(found)] == ["Kassor", "Priser"]
    assert found.passages[-2].text.split("\n")[1:] == names.split("\n\n")


def test_announced_items_in_a_spaced_text() -> None:
    """Where blank lines part all lines the first name after the words that announce them is no heading; a figure and
    what it counts end the sentence above."""
    line = "Nämnden håller kajerna öppna hela året och räknar med fler besökare än under förra sommaren, av vilka"
    prose = f"{line}\n\n40 gäster.\n\n"
    names = "Norra båtklubben\n\nSödra roddskolan\n\nFyrvaktarna\n\nRökeriet"
    text = f"Kassor\n\n{prose * 4}Följande enheter har egen kassa:\n\n{names}\n\nPriser\n\n{prose * 4}"
    found = outline(text)
    assert [title for _, _, title in headings(found)] == ["Kassor", "Priser"]
    assert any(names.replace("\n\n", "\n") in passage.text for passage in found.passages)
    assert found.passages[0].text.endswith("av vilka 40 gäster.")


def test_wide_goal_in_capitals_ends_at_a_blank_line() -> None:
    """A goal that fills its line, as capitals do, goes on under no blank line."""
    text = "KF:S MÅL FÖR VERKSAMHETEN 1.4 STÖD TILL DEN SOM SEGLAR ENSAM OCH LÄNGE\n\nAntalet båtar ökade till 1 286. "
    found = outline(f"{PROSE}\n{text}Förhands-\nbokningen öppnar i mars.\n")
    assert headings(found) == [("KF:s mål för verksamhetsområdet", "1.4", "STÖD TILL DEN SOM SEGLAR ENSAM OCH LÄNGE")]


def test_items_without_marks() -> None:
    """What stands close below words that end in a colon is their list, up to a blank line."""
    text = f"""Enheter

{PROSE * 3}
{PROSE}Följande enheter ingår:
Enheten för kajer
Enheten för bryggor, som också
sköter båtarna
Färjorna: två linjer och en reserv
Staben

{PROSE}
Kajer

{PROSE}"""
    found = outline(text)
    assert [title for _, _, title in headings(found)] == ["Enheter", "Kajer"]
    assert [passage.text for passage in found.passages if "Enheten" in passage.text] == [
        f"{PROSE}Följande enheter ingår:\nEnheten för kajer\nEnheten för bryggor, som också sköter båtarna\n"
        "Färjorna: två linjer och en reserv\nStaben".replace("natten.\n", "natten. ")
    ]


def wide_gaps(low: str = "") -> str:
    """A plan whose chapters a wider gap tells from their parts; `low` stands before each of the lower rungs."""
    goals = ""
    for n, place in enumerate(("Kajen", "Bryggan", "Slussen"), 1):
        goals += f" \n\nKF:s inriktningsmål: \n\n{n}. {place} är öppen \n\n{low}Nämndmål: \n\n{place} är hel \n\n"
        goals += f"{low}Förväntat resultat \n\n{place} målas under våren och sommaren 2031. \n\n"
    chapters = "Organisation \n\nHamnen leds av en hamnchef. \n\nStaben \n\nI staben finns en controller. \n\n"
    last = " \n\n \n\nLokaler \n\nHamnen har två lokaler. \n\n"
    return f"{chapters}{goals} \n\nBeredskap \n\nVarje enhet har en plan.{last}"


def test_wider_gaps_tell_chapters_from_their_parts() -> None:
    """Where each first rung has a wider gap above it and no lower one, headings with such a gap are chapters."""
    found = outline(wide_gaps())
    top = [section.title for section in found.sections if section.parent is None]
    assert top[-2:] == ["Beredskap", "Lokaler"]
    assert [s.title for s in found.sections if s.title == "Staben" and s.level > 1] == ["Staben"]


def test_wider_gaps_that_page_ends_hide() -> None:
    """Where each first rung begins a page the gaps of the other chapters tell, if no lower rung has any. A heading that
    begins a page is a chapter's if another stands right below it, or if nothing else speaks of it."""
    pages = wide_gaps().replace(" \n\n \n\nKF:s", " \n KF:s")
    parts = "Lotsarna \n\nLotsarna följer båtar in i hamnen. \n\n"
    chapters = f" \n\n \n\nKartor \n\nHamnen ritas om. \n\n \n\nAvtal \n\nAvtalet gäller. \n Verksamhet \n\n{parts}"
    pages = pages.replace("KF:s", f"{chapters}Färjorna går varje timme. \n Färjorna \n\nDet finns två. \n KF:s", 1)
    lines = "".join(f"{line} \n\n" for line in (PROSE * 9).split("\n"))
    found = outline(lines + pages.replace(" \n  \n\n", " \n\n"))
    above = {s.title: s.parent is not None and found.sections[s.parent].title for s in found.sections}
    assert above["Verksamhet"] is above["Avtal"] is above["Beredskap"] is False
    assert above["Lotsarna"] == above["Färjorna"] == "Verksamhet"


def test_gaps_before_any_heading_tell_nothing() -> None:
    """Where lower rungs have wider gaps too, a heading after the goals is not lifted out of them."""
    found = outline(wide_gaps(" \n\n"))
    assert [section.parent is None for section in found.sections if section.title == "Lokaler"] == [False]


def test_sentence_about_a_goal_is_no_rung() -> None:
    """A number follows a label after letters in capitals ("SN 2") and no small word ("är 10")."""
    found = outline(f"KF:s mål: \n\n1.1 Bryggan är hel \n\n{PROSE}Nämndens mål är högst 12 bojar, medan\n\nfullmäktiges"
                    f" mål är 10. \n\nHamnen har två kajer. \n\n{PROSE}")  # fmt: skip
    assert [number for _, number, _ in headings(found)] == ["1.1"]


def test_name_that_wraps_ends_no_paragraph() -> None:
    """The first half of a name at a line's end goes on below, however short the line looks."""
    found = outline(
        f"1 Hamnen\n\n{PROSE}\n\nBåtar på land är inte med. Läget är olika. I Norra\nKajen är priset lägre.\n\n{PROSE}"
    )
    assert any("I Norra Kajen är priset" in passage.text for passage in found.passages)
