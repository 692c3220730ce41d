"""Replies as Teams' messages and cards: nothing in them is markup, and all of it within Microsoft's limits."""

from __future__ import annotations

import json
from typing import Any

from microsoft_teams.cards import AdaptiveCard

from bot.message import Reply, Source, Suggestion, Table
from bot.teams_cards import CARD, MESSAGE, escaped, reply_card, size, to_payload, weight
from retrieval.evidence.answer_types import Citation

EVIL = "<at>alla</at> **fet** [klicka](http://ond.example) # rubrik ~~x~~ `y` <script> {{DATE(2031-01-01,SHORT)}}"


def citation(n: int, quote: str = "Andel rena kajer 98 %") -> Citation:
    return Citation(n, "fiskhamnen-2031.pdf", "Mål › Kajer", 4, "3", quote, "Indikatorer", "Rena kajer", "Årsmål", 0)


def runs(card: Any) -> list[str]:
    """Every text in a card that is not in a text run."""
    if isinstance(card, dict):
        here = [card["text"]] if card.get("type") == "TextBlock" else []
        return here + [text for value in card.values() for text in runs(value)]
    return [text for value in card for text in runs(value)] if isinstance(card, list) else []


def test_shows_markup_as_it_stands() -> None:
    """What could be a mention, a link, a heading or a tag in a message is written so that it is none."""
    shown = escaped(f"{EVIL} [1] [7]\n- punkt\n3. tre", {1})
    for sign in "<*#`~|":
        assert sign not in shown.replace("<br>", "").replace("&#", "")
    assert "[1]" in shown
    assert "[7]" not in shown
    assert "](" not in shown
    assert "<br>&#45; punkt<br>3&#46; tre" in shown


def test_puts_no_plan_text_where_a_card_reads_markup() -> None:
    """In cards the plan's words stand in text runs alone, and no date function is left whole."""
    reply = Reply("Se [1]", "sv", citations=(citation(1, EVIL),), table=Table((EVIL,), ((EVIL,),), (1,)), answer="a")
    card = reply_card(reply, (), [Source(citation(1, EVIL), EVIL, EVIL, None)])
    assert runs(card) == []
    assert "{{" not in json.dumps(card)
    [message] = to_payload(reply)
    assert message.text == "Se [1]"
    AdaptiveCard.model_validate(card)


def test_keeps_each_limit_however_much_there_is() -> None:
    """With more of everything than Teams takes, each message and card, and each part of a citation, still fits."""
    many = tuple(citation(n, "ö&<" * 260) for n in range(1, 31))
    text = "\n".join(f"• {'å*' * 40} [{n}]" for n in range(1, 31)) + "\n" + "*" * 30_000
    table = Table(("Aktivitet", "Klart"), tuple((f"{n} " + "ä" * 300, "2031-09-30") for n in range(400)))
    suggestions = tuple(Suggestion("etikett " * 30, "fråga") for _ in range(12))
    reply = Reply(text, "sv", "välkommen", many, table, suggestions=suggestions, answer="a" * 32)
    sources = [Source(each, "före " * 60, "efter " * 60, "https://plansvar.example/d") for each in many]
    messages = to_payload(reply, sources, ["https://plansvar.example/f.ics"])
    assert len(messages) > 1
    for message in messages:
        assert weight(message) <= MESSAGE
        dumped = message.model_dump(by_alias=True, exclude_none=True)
        claims = [claim for entity in dumped["entities"] for claim in entity.get("citation", [])]
        assert len(claims) <= 20
        for claim in claims:
            assert len(claim["appearance"]["name"]) <= 80
            assert len(claim["appearance"]["abstract"]) <= 160
            assert all(len(word) <= 28 for word in claim["appearance"]["keywords"])
        for attachment in dumped.get("attachments", []):
            assert size(attachment["content"]) <= CARD
            assert len(attachment["content"]["body"][-1]["actions"]) <= 6
    opened = reply_card(reply, (), sources)
    assert opened is not None
    assert size(opened) <= CARD


def test_shows_a_table_at_once_or_at_a_touch() -> None:
    """A table stands open, unless the text lists the same: then a button opens it."""
    table = Table(("Vad", "Hur"), (("Kaj", "98 %"),), (1,), frozenset({1}))
    shown = reply_card(Reply("Kaj 98 % [1]", "sv", table=table))
    assert shown is not None
    assert "isVisible" not in shown["body"][0]
    hidden = reply_card(Reply("• Kaj 98 % [1]", "sv", table=table))
    assert hidden is not None
    assert hidden["body"][0]["isVisible"] is False
    assert hidden["body"][1]["actions"][0]["type"] == "Action.ToggleVisibility"
