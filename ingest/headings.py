"""Which paragraphs are headings: by their style where the source tells styles, else by shape and surroundings.

By its shape an item of a list may be a heading too, so lists are told here as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.blocks import spaced
from ingest.ladder import is_common_chapter, is_rubric, is_rung, leads_with_number, rung_level
from ingest.paragraphs import TERMINAL, VERB, Paragraph
from ingest.source import Grid, Line, Source
from ingest.values import folded

_COUNCILS_LEVEL = 2  # of the goal ladder: the council's goals and what stands above them
_ITEMS = 4  # as many in a row that look like headings, at least, are the items of a list
_UNIT_LINE = re.compile(
    r"\(?(?:(?:alla )?(?:belopp|siffror)(?: anges)?(?: i)? )?(?:mnkr|tkr|mkr|msek|kr|kronor)\)?", re.I
)
# A heading's number and its title.
NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(.+)$", re.DOTALL)


def heading_size(source: Source) -> float | None:
    """The size from which a line is a heading by its size, None where the source tells no sizes."""
    sizes: Counter[float] = Counter()
    for item in source.items:
        if isinstance(item, Line) and item.size:
            sizes[round(item.size, 1)] += item.end - item.start
    return sizes.most_common(1)[0][0] + 0.9 if sizes else None


def headings_in(pieces: Sequence[Paragraph | Grid], larger: float | None) -> list[Paragraph]:
    """The paragraphs that are headings by style, or by shape where the source has no styles.

    `larger` is the size from which a line is a heading. Marks as items of lists what turns out to be some, and as none
    the numbered chapters that look like them.
    """
    styled = [p for p in pieces if isinstance(p, Paragraph)
              and (p.lines[0].level or (larger and (p.lines[0].bold or (p.lines[0].size or 0) >= larger)))]  # fmt: skip
    if styled:
        return [p for p in styled if len(p.words) < 200 and not (p.bullet and p.lines[0].level is None)
                and not (p.lines[0].level is None and re.search(r"[.;,]$", p.words))]  # fmt: skip
    for chapter in _dotted_chapters(pieces):
        chapter.bullet = False
    items = _announced(pieces)
    for item in items:
        item.bullet = True
    found: list[Paragraph] = []
    run: list[Paragraph] = []
    rubric = announced = False
    for piece in [*pieces, None]:
        shaped = isinstance(piece, Paragraph) and (bool(piece.listed) or _shaped_like_heading(piece))
        if rubric and isinstance(piece, Paragraph) and not (piece.listed or is_common_chapter(piece.words)):
            shaped = shaped and len(piece.words.split()) <= 6 and not VERB.search(piece.words)
        if isinstance(piece, Paragraph) and shaped and not (run and piece.apart):
            run.append(piece)
            continue
        content = piece is not None and not (isinstance(piece, Paragraph) and (shaped or is_rung(piece.words)))
        opened = _headings_of_run(run, content, rubric, announced)
        opened = [item for item in run if item in opened or item.listed]
        for item in run:
            item.bullet = len(run) >= _ITEMS and item not in opened
        found += opened
        if opened:
            rubric = False
        run = [piece] if isinstance(piece, Paragraph) and shaped else []
        announced = isinstance(piece, Paragraph) and not shaped and _may_announce(piece.words)
        if isinstance(piece, Paragraph) and not shaped:
            rubric = is_rubric(piece.words) or (rubric and not is_rung(piece.words))
    items = _items_apart(pieces, {id(piece) for piece in found})
    for item in items:
        item.bullet = True
    return [piece for piece in found if not any(piece is item for item in items)]


def _announced(pieces: Sequence[Paragraph | Grid]) -> list[Paragraph]:
    """The items of lists without marks: what stands close together below words that end in a colon, up to more white
    space, a table or the end. No item is a sentence, but for the last."""
    found: list[Paragraph] = []
    for n, lead in enumerate(pieces):
        if not isinstance(lead, Paragraph) or not _may_announce(lead.words):
            continue
        items: list[Paragraph] = []
        after = next(iter(pieces[n + 1 :]), None)
        while isinstance(after, Paragraph) and _may_be_item(after, items):
            items.append(after)
            after = next(iter(pieces[n + 1 + len(items) :]), None)
        if isinstance(after, Paragraph) and not (after.apart or after.turned or is_rung(after.words)):
            continue  # the last may be the heading of what follows
        if items and items[-1].turned:
            items.pop()  # so may one that stands first on its page
        if len(items) > 1 + (items[0].apart if items else False):
            found += items
    return found


def _may_announce(words: str) -> bool:
    """True where words may lead into a list: a sentence with a colon at its end, and no label."""
    last = re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", words)[-1]
    return words.endswith(":") and last.count(" ") > 1 and not is_rung(words) and not is_rubric(words)


def _may_be_item(piece: Paragraph, above: Sequence[Paragraph]) -> bool:
    """True where a piece may be the next item of a list without marks, and not what follows the list."""
    words = piece.words
    if piece.bullet or piece.listed or (above and (piece.apart or above[-1].words.endswith("."))):
        return False
    if is_rung(words) or is_rubric(words) or NUMBERED.match(words) or words.endswith(":"):
        return False
    short = len(piece.lines) < 4 and len(words) < 200
    return short and words[:1].isupper() and not re.search(r"[a-zåäö]{2}\. [A-ZÅÄÖ]", words)


def set_wide(source: Source, pieces: Sequence[Paragraph | Grid], headings: set[int]) -> set[int]:
    """The headings that stand after a wider gap, where such gaps tell chapters from their parts: each of the first rung
    of the goal ladder has one above it, and no rubric or lower rung has. None elsewhere.

    Where the end of a page hides the gap, a heading is a chapter's if another stands right below it, or if nothing else
    in the document speaks of it, as of units and what else parts are called for."""
    text, apart = source.text, spaced(source)
    said = folded(text).lower()
    wide: set[int] = set()
    tops = lows = hidden = 0
    for before, piece, below in zip(pieces, pieces[1:], [*pieces[2:], None], strict=False):
        if not isinstance(before, Paragraph) or not isinstance(piece, Paragraph) or id(before) in headings:
            continue
        level, gap, heads = rung_level(piece.words), is_wide(text, before, piece), id(piece) in headings
        if apart and text.count("\n", before.span.end, piece.span.start) == 1:
            hidden += level == 1
            gap = heads and (id(below) in headings or said.count(piece.words.lower()) == 1)
        else:
            low = level > _COUNCILS_LEVEL or is_rubric(piece.words)
            if low if gap else level == 1:
                return set()
            tops, lows = tops + (level == 1), lows + low
        wide.update({id(piece)} if gap and heads else ())
    known = tops > 2 or (tops + hidden > 2 and len(wide) > 2)
    return wide if known and lows > 2 else set()


def is_wide(text: str, before: Paragraph, piece: Paragraph | Grid) -> bool:
    """True where more than one blank line parts two pieces, or stands at the end of the page that parts them."""
    start = piece.span.start if isinstance(piece, Paragraph) else piece.start
    gap = re.compile(r"\s*").match(text, before.span.end, start)
    return gap is not None and gap[0].count("\n") > 2


def _items_apart(pieces: Sequence[Paragraph | Grid], headings: set[int]) -> list[Paragraph]:
    """The heading-like paragraphs that are the items of a list, each set apart: four or more in a row after words that
    announce them with a colon."""
    found: list[Paragraph] = []
    run: list[Paragraph] = []
    announced = False
    for piece in [*pieces, None]:
        words = piece.words if isinstance(piece, Paragraph) else ""
        heading = id(piece) in headings
        if (
            isinstance(piece, Paragraph)
            and heading
            and (piece.apart or run)
            and not (piece.listed or leads_with_number(words) or NUMBERED.match(words))
        ):
            run.append(piece)
            continue
        items = run if heading or piece is None else run[:-1]  # the last opens what follows
        found += items if announced and len(items) >= _ITEMS else []
        run, announced = [], words.endswith(":") and not heading
    return found


def _dotted_chapters(pieces: Sequence[Paragraph | Grid]) -> list[Paragraph]:
    """The paragraphs that are no items of a list though a number and a full stop begin them ("2. Mål"): chapters in a
    document that numbers their parts ("2.1"), each by itself."""
    item = re.compile(r"\d{1,2}\. \S")
    words = [piece.words if isinstance(piece, Paragraph) else "" for piece in pieces]
    if not any(re.match(r"\d{1,2}\.\d{1,2}\.? [A-ZÅÄÖ]", each) for each in words):
        return []
    return [
        piece
        for before, piece, after in zip(["", *words], pieces, [*words[1:], ""], strict=False)
        if isinstance(piece, Paragraph) and item.match(piece.words) and not item.match(before) and not item.match(after)
    ]


def captions_in(pieces: Sequence[Paragraph | Grid], headings: set[int]) -> frozenset[int]:
    """The headings that are captions: right above a table, and right below another heading that is no chapter's."""
    found = set()
    for above, piece, below in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if not (isinstance(above, Paragraph) and isinstance(piece, Paragraph) and {id(above), id(piece)} <= headings):
            continue
        if not isinstance(below, Grid) or re.match(r"Indikator|Aktivitet", below.rows[0].cells[0].text):
            continue
        if not is_common_chapter(above.words) and not piece.listed:
            found.add(id(piece))
    return frozenset(found)


def _headings_of_run(run: Sequence[Paragraph], content: bool, rubric: bool, announced: bool) -> list[Paragraph]:
    """Which of the heading-like paragraphs that follow each other are headings. Four or more make a list under the
    first, or under the words that `announced` it; the last opens what follows. Under a rubric, a lone line with nothing
    under it is its text."""
    if not run:
        return []
    if len(run) >= _ITEMS:
        return [*([] if announced else run[:1]), *(run[-1:] if content else [])]
    if rubric and not content:
        return []
    return list(run)


def _shaped_like_heading(piece: Paragraph) -> bool:
    words = piece.words
    if piece.bullet and not re.match(r"^\d+(?:\.\d+)+\.?\s", words):
        return False
    if len(piece.lines) > 2 or len(words) > 150 or len(words) < 3 or TERMINAL.search(words):
        return False
    if not (words[0].isupper() or words[0].isdigit() or words[0] in "\"”'*"):
        return False
    if is_rubric(words) or is_rung(words) or ": " in words or _UNIT_LINE.fullmatch(words):
        return False
    if re.search(r"\((?:mnkr|tkr|mkr|kr|st|%)\) \w", words):
        return False  # a table's header
    # Nor is a row of figures, or one that has or ends in several of them, or in an amount or in a sum.
    return not re.search(
        r"\d,\d|(?<!\d)[1-9]\d{0,2} \d{3} \d|\d{4}-\d{2}-\d{2}|"
        r"(?:(?:^| )[−–-]?\d+(?: ?%)?){3,}$|\d (?:\d{3}|kr|kronor|[mt]kr|mnkr|%)$|"
        r"^(?:Summa|Totalt?)\b.*\d$|\b20\d\d (?:20\d\d\b|[Tt]ills vidare)",
        words,
    )
