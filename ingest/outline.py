"""Lines to sections and passages: the goal ladder, plain headings, and the prose that stands under them.

Word, HTML and PDF tell headings by style or size. Plain text does not, and lines there are only known to be headings
by their words and their shape: a ladder label or a standard rubric, or a short line that ends without punctuation
although the next word would have fitted on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.front import front_lines
from ingest.headings import NUMBERED, captions_in, heading_size, headings_in, is_wide, set_wide
from ingest.ladder import is_bare_label, is_common_chapter, is_rubric, is_rung, leads_with_number, rung_level, rungs_of
from ingest.paragraphs import Paragraph, pieces_of
from ingest.plan import Origin, Passage, Section
from ingest.source import Grid, Line, Source, Span
from ingest.values import folded

_PLAIN_LEVEL, _RUBRIC_LEVEL = 5, 6  # below those of the goal ladder
_LONGEST_TITLE, _LONGEST_PASSAGE = 300, 1500  # characters
_NUMBER_LEVELS = 4  # "1", "1.2", "1.2.3" and deeper
# Rubrics that repeat under one area after another in a budget chapter, and so belong to the heading before them.
_UNDER_AREA = re.compile(
    r"^(?:volymer|priser|prislista|avgifter|nyckeltal|antal [a-zåäö]+|socioekonomiskt (?:anslag|tillägg))\b|"
    r"^(?:personal|lokaler och priser|målgrupp)$",
    re.IGNORECASE,
)
_COMMISSION = re.compile(r"^Uppdrag (\d+)\s*[:.](?!\d)\s*(.+)$", re.DOTALL)  # "Uppdrag 23:05 ska …" is prose
_CHAPTER = re.compile(r"Kapitel \d{1,2}[.:]? (?=[A-ZÅÄÖ])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections, passages, and for each grid the index of the section it stands in, all in reading order."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    grids: tuple[tuple[Grid, int | None], ...]
    before: tuple[str, ...] = ()  # for each grid, the paragraph right above it


def outlined(source: Source) -> Outline:
    """The outline of a source whose furniture is out and whose tables are grids."""
    front = front_lines(source)
    builder = _Builder(replace(source, items=source.items[front:]))
    if front:
        lines = [item for item in source.items[:front] if isinstance(item, Line)]
        builder.passages.append(_front_page(source, lines))
    return builder.outline()


def _front_page(source: Source, lines: Sequence[Line]) -> Passage:
    """The front page as one passage, a line each: none of its lines is a heading."""
    words = "\n".join(folded(source.text[line.start : line.end]) for line in lines)
    return Passage(words, Origin(None, _spans(source, lines)))


@dataclass(slots=True)
class _Builder:
    source: Source
    sections: list[Section] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    grids: list[tuple[Grid, int | None]] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    pending: list[Paragraph] = field(default_factory=list)
    numbered: bool = False  # numbers tell the levels of headings
    base: int = 0  # how many levels of numbers stand above those of the goal ladder
    chapters: set[int] = field(default_factory=set)  # the headings that are set in capitals
    wide: set[int] = field(default_factory=set)  # those that a wider gap tells from the headings of their parts
    opened: set[int] = field(default_factory=set)  # the sections that they open
    ranks: dict[float, int] = field(default_factory=dict)  # the level that each size of headings stands for
    below: int = 0  # how many levels of the goal ladder stand above the first level of the list of contents

    def outline(self) -> Outline:
        pieces = list(pieces_of(self.source))
        larger = heading_size(self.source)
        plain = headings_in(pieces, larger)
        headings = {id(p) for p in plain}
        captions = captions_in(pieces, headings) if larger is None else frozenset()
        self._rank(pieces, plain, styled=larger is not None)
        n = 0
        last = ""
        while n < len(pieces):
            piece = pieces[n]
            if isinstance(piece, Grid):
                self._flush()
                self.grids.append((piece, self._above_gap(pieces, n)))
                self.before.append(piece.caption or last)
                last = ""
                n += 1
                continue
            last = piece.words
            after = pieces[n + 1] if n + 1 < len(pieces) else None
            if id(piece) in captions and isinstance(after, Grid):
                self._flush()
                self.grids.append((replace(after, caption=piece.words), self._here()))
                self.before.append(piece.words)
                last, n = "", n + 2
                continue
            if taken := self._rung(piece, after):
                n += taken
                continue
            commission = _COMMISSION.match(piece.words)
            if commission:
                self._open(commission[2].rstrip(":. "), "Uppdrag", commission[1], self.base + 2, piece.span)
                self.pending.append(piece)
            elif is_rubric(piece.words) and not piece.bullet and not piece.listed:
                self._open(piece.words.rstrip(":"), "", "", self.base + _RUBRIC_LEVEL, piece.span)
            elif id(piece) in headings:
                self._plain(piece)
            else:
                self.pending.append(piece)
            n += 1
        self._flush()
        if self.base:
            self._even_levels()
        return Outline(tuple(self.sections), tuple(self.passages), tuple(self.grids), tuple(self.before))

    def _rank(self, pieces: Sequence[Paragraph | Grid], plain: Sequence[Paragraph], styled: bool) -> None:
        """Learns what tells the levels of a document's headings: numbers, capitals, wider gaps, sizes or its list of
        contents. `plain` are those that are known by style or shape."""
        paragraphs = [p for p in pieces if isinstance(p, Paragraph)]
        titles = {id(p) for label, p in pairwise(pieces) if isinstance(label, Paragraph) and is_bare_label(label.words)}
        headings = {id(p) for p in plain} - titles
        sizes = {_size(p) for p in plain}
        self.ranks = {size: n for n, size in enumerate(sorted(sizes, reverse=True), 1) if size}
        counted = [p.words for p in paragraphs if id(p) in headings or leads_with_number(p.words)]
        chapters = sum(_CHAPTER.match(words) is not None for words in counted)
        self.numbered = not styled and (_are_numbered(counted) or chapters > 1)
        self.base = _NUMBER_LEVELS if self.numbered and any(is_rung(p.words) for p in paragraphs) else 0
        capitals = {id(p) for p in plain if _in_capitals(p.words)}
        self.chapters = capitals if 1 < len(capitals) < len(plain) else set()
        if not (styled or self.numbered or self.chapters or any(p.listed for p in plain)):
            self.wide = set_wide(self.source, pieces, headings)
        self.below = max([0, *(rung_level(p.words) - p.listed for p in paragraphs if p.listed)])

    def _even_levels(self) -> None:
        """Gives each section the level that it has in the tree, where numbers and labels made it together."""
        for n, section in enumerate(self.sections):
            above = self.sections[section.parent].level if section.parent is not None else 0
            self.sections[n] = replace(section, level=above + 1)

    def _rung(self, piece: Paragraph, after: Paragraph | Grid | None) -> int:
        """Opens a rung of the goal ladder whose label begins a paragraph, its title there too or in the one after; how
        many paragraphs it takes, 0 where there is no rung."""
        rungs = rungs_of(piece.words)
        if not rungs:
            return 0
        label, level, found = rungs[0]
        title, span, taken = piece.words[found.end() :].strip(), piece.span, 1
        if not title:
            if not isinstance(after, Paragraph) or is_rung(after.words):
                return 0
            title, span, taken = after.words, Span(span.start, after.span.end), 2
        if len(title) > _LONGEST_TITLE:
            return 0
        number = found["number"] or found["before"] or ""
        numbered = None if number else NUMBERED.match(title)
        if numbered:
            number, title = numbered.groups()
        self._open(title, label, number, self._level_of_rung(number, found["before"], level), span)
        return taken

    def _level_of_rung(self, number: str, before: str | None, level: int) -> int:
        """The level of a rung of the goal ladder: its own, or that of its number where the headings are numbered."""
        above = number.rpartition(".")[0]
        if self.numbered and (before or (above and any(section.number == above for section in self.sections))):
            return min(number.count(".") + 1, _NUMBER_LEVELS)
        return self.base + level

    def _plain(self, piece: Paragraph) -> None:
        words = piece.words.rstrip(":")
        level = piece.lines[0].level or self.ranks.get(_size(piece))
        if piece.listed:
            level = min(piece.listed + self.below, _PLAIN_LEVEL - 1)
        numbered = NUMBERED.match(words)
        title, number = (numbered[2], numbered[1]) if numbered else (words, "")
        goal = self._goal_beside(number)
        if self.numbered and number:
            level = min(number.count(".") + 1, _NUMBER_LEVELS)
        elif goal:
            self._open(title, goal.label, number, goal.level, piece.span)
            return
        elif level is None:
            plain = self.base + _PLAIN_LEVEL
            if _UNDER_AREA.match(words) and self._ancestor(lambda s: s.level == plain) is not None:
                level = self.base + _RUBRIC_LEVEL
            elif (
                _CHAPTER.match(words)
                or id(piece) in self.chapters | self.wide
                or (is_common_chapter(title) and not self.numbered)
            ):
                level = 1
            else:
                level = plain
        else:
            level = min(level, 9) if not self.sections or not self.sections[-1].label else max(level, 1)
        self._open(title, "", number, level, piece.span)
        if id(piece) in self.wide:
            self.opened.add(piece.span.start)

    def _above_gap(self, pieces: Sequence[Paragraph | Grid], n: int) -> int | None:
        """The section of the table at piece `n`: the chapter it stands in where a gap as before a chapter parts the
        table from the text of the last of the chapter's parts."""
        before = pieces[n - 1] if n else None
        if self.wide and isinstance(before, Paragraph) and is_wide(self.source.text, before, pieces[n]):
            chapter = self._ancestor(lambda section: section.span.start in self.opened)
            return self._here() if chapter is None else chapter
        return self._here()

    def _goal_beside(self, number: str) -> Section | None:
        """The goal that a number stands beside, whose label holds for it too: "3.2 …" after "KF:s mål: 3.1 …"."""
        above = number.rpartition(".")[0]
        return next((s for s in self.sections if above and s.label and s.number.rpartition(".")[0] == above), None)

    def _open(self, title: str, label: str, number: str, level: int, span: Span) -> None:
        self._flush()
        parent = self._here()
        while parent is not None and self.sections[parent].level >= level:
            parent = self.sections[parent].parent
        self.sections.append(Section(title, label, number, level, parent, span))

    def _here(self) -> int | None:
        return len(self.sections) - 1 if self.sections else None

    def _ancestor(self, wanted: Callable[[Section], bool]) -> int | None:
        """The nearest section that is wanted, of the one we are in and those above it."""
        at = self._here()
        while at is not None and not wanted(self.sections[at]):
            at = self.sections[at].parent
        return at

    def _flush(self) -> None:
        """Turns the paragraphs read since the last heading or table into passages."""
        run: list[Paragraph] = []
        for paragraph in self.pending:
            goes_on = run and (run[-1].words.endswith(":") or (paragraph.bullet and run[-1].bullet))
            if run and (not goes_on or sum(len(p.words) for p in run) + len(paragraph.words) > _LONGEST_PASSAGE):
                self._passage(run)
                run = []
            run.append(paragraph)
        if run:
            self._passage(run)
        self.pending = []

    def _passage(self, run: Sequence[Paragraph]) -> None:
        words = "\n".join(p.words for p in run)
        lines = [line for paragraph in run for line in paragraph.lines]
        self.passages.append(Passage(words, Origin(self._here(), _spans(self.source, lines))))


def _spans(source: Source, lines: Sequence[Line]) -> tuple[Span, ...]:
    """Where lines stand: one span, or several where furniture or a page end was taken out between."""
    parts = [[lines[0]]]
    for a, b in pairwise(lines):
        if source.text[a.end : b.start].strip() or "\f" in source.text[a.end : b.start]:
            parts.append([b])
        else:
            parts[-1].append(b)
    return tuple(Span(part[0].start, part[-1].end) for part in parts)


def _are_numbered(headings: Sequence[str]) -> bool:
    """True where headings are numbered as chapters and their parts: a third of them and three, one within another."""
    numbers = [found[1] for words in headings if (found := NUMBERED.match(words))]
    whole = set(numbers)
    return 2 < len(numbers) >= len(headings) / 3 and any(
        "." in number and number.rpartition(".")[0] in whole for number in numbers
    )


def _in_capitals(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


def _size(piece: Paragraph) -> float:
    """The size a paragraph is set in, to the nearest half point; 0 where the source tells none."""
    return round(2 * max(line.size or 0.0 for line in piece.lines)) / 2
