"""A plan laid out for reading: nothing of it lost, and what is cited marked, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import SAMPLES, sample

from bot.beside import Fact
from bot.web.document import Grid, Heading, Piece, Prose, View, lay_out, place
from ingest.source import Span

PLANS = sorted(path for path in SAMPLES.glob("verksamhetsplan-*") if path.suffix != ".md")


def pieces(view: View) -> Iterator[Piece]:
    """Every piece of text of a view, in reading order."""
    for block in view.blocks:
        if isinstance(block, Heading):
            yield from (*block.label, *block.pieces)
        elif isinstance(block, Prose):
            yield from block.pieces
            for item in block.items:
                yield from item
        elif isinstance(block, Grid):
            for row in block.rows:
                yield from row.head
                for cell in row.cells:
                    yield from cell.pieces


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def letters(text: str) -> str:
    """A text without bullets and the like."""
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_nothing_is_lost(path: Path) -> None:
    """Every heading, paragraph and table row of a plan is on its page, once."""
    view = lay_out(sample(path))
    shown = squeezed("".join(piece.text for piece in pieces(view)))
    for section in sample(path).sections:
        assert squeezed(section.title) in shown
    for indicator in sample(path).indicators:
        assert squeezed(indicator.name) in shown
    for activity in sample(path).activities:
        assert squeezed(activity.text) in shown
    grids = [block for block in view.blocks if isinstance(block, Grid)]
    facts = (*sample(path).indicators, *sample(path).activities, *sample(path).rows)
    assert sum(len(grid.rows) for grid in grids) == len(facts)
    prose = [block for block in view.blocks if isinstance(block, Prose)]
    assert len(prose) == len(sample(path).passages) + len(sample(path).unplaced)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_whatever_is_cited_is_marked(path: Path) -> None:
    """The words of any paragraph, heading or table row are marked when they are cited; the page opens at one mark."""
    read = sample(path)
    spans = [span for passage in read.passages for span in passage.origin.spans]
    spans += [section.span for section in read.sections]
    for span in spans[::5]:
        marked = [piece for piece in pieces(lay_out(read, span)) if piece.cited]
        assert sum(piece.first for piece in marked) == 1
        assert letters("".join(piece.text for piece in marked)) == letters(read.text[span.start : span.end])
    facts: tuple[Fact, ...] = (*read.indicators, *read.activities, *read.rows)
    for fact in facts[::9]:
        view = lay_out(read, fact.origin.spans[0])
        rows = [row for block in view.blocks if isinstance(block, Grid) for row in block.rows if row.cited]
        assert len(rows) == 1
        assert sum(piece.first for piece in pieces(view)) == 1


def test_words_within_a_paragraph_are_cut_exactly() -> None:
    """A sentence is marked from its first character to its last, and the words around it are as they were."""
    read = sample(PLANS[0])
    passage = next(each for each in read.passages if len(each.origin.spans) == 1 and "\n" in read.text[_all(each)])
    span = Span(passage.origin.spans[0].start + 7, passage.origin.spans[0].start + 60)
    (block,) = [
        block
        for block in lay_out(read, span).blocks
        if isinstance(block, Prose) and any(piece.cited for piece in block.pieces)
    ]
    assert "".join(piece.text for piece in block.pieces if piece.cited) == read.text[span.start : span.end]
    assert "".join(piece.text for piece in block.pieces) == read.text[_all(passage)]


def _all(passage: object) -> slice:
    (span,) = passage.origin.spans  # type: ignore[attr-defined]
    return slice(span.start, span.end)


def test_cited_words_that_no_block_has_are_shown_apart() -> None:
    """What is cited of a page's head, which is laid aside, is shown all the same."""
    read = sample(SAMPLES / "verksamhetsplan-2026-norrsjo.pdf")
    start = read.text.index("Ljungköpings stad Tjänsteutlåtande")
    view = lay_out(read, Span(start, start + 17))
    assert view.apart == "Ljungköpings stad"
    assert not any(piece.cited for piece in pieces(view))


def test_labels_of_the_goal_ladder_stand_apart_from_the_goal() -> None:
    """“Nämndmål” is set apart from the goal it labels, so that headings read alike in every plan."""
    read = sample(SAMPLES / "verksamhetsplan-2026-norrsjo.txt")
    headings = [block for block in lay_out(read).blocks if isinstance(block, Heading) and block.label]
    assert {"".join(piece.text for piece in block.label) for block in headings} >= {"Nämndmål", "KF:s inriktningsmål"}
    assert all("".join(piece.text for piece in block.pieces)[:1] not in ": \n" for block in headings)


def test_the_outline_has_every_heading_under_the_one_above() -> None:
    """The outline's links are the headings' anchors, nested as the headings are."""
    read = sample(PLANS[0])
    view = lay_out(read)

    def ids(entries: object) -> Iterator[str]:
        for entry in entries:  # type: ignore[attr-defined]
            yield entry.id
            yield from ids(entry.below)

    assert list(ids(view.outline)) == [block.id for block in view.blocks if isinstance(block, Heading)]
    assert len(view.outline) == sum(section.parent is None for section in read.sections)


def test_a_link_escapes_its_documents_name() -> None:
    """Any file name makes a path, and a citation without a place opens the document's beginning."""
    assert place("år 2031/plan #1?.pdf", 5, 7) == "/documents/%C3%A5r%202031/plan%20%231%3F.pdf?from=5&to=12#cited"
    assert place("plan.pdf", None, 7) == "/documents/plan.pdf"
