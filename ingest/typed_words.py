"""The words of flattened rows: what each looks like, and how unlikely it begins a cell, goes on in one, or makes one.

Where blank lines part some of the lines, or the spaces of empty cells were left, they count too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from ingest.blocks import Blocks
from ingest.columns import STREET, binds, dangling, leads_number
from ingest.responsible import is_role
from ingest.values import AMOUNT, MONTHS, UNIT

_APART = 2.0  # what it costs that a cell goes on below a blank line with a capital
TRACE = 5.0  # what it costs that a blank line which stands for an empty cell stands for none
# Words that sentences have and labels have not.
_CLAUSE = frozenset(
    ("är", "var", "har", "hade", "ska", "skall", "kan", "kommer", "blir", "som", "att", "inte", "när", "om", "den",
     "det", "vi", "alla", "varje", "under", "där", "genom")
)  # fmt: skip
_VERBS = frozenset(("är", "var", "har", "hade", "ska", "skall", "kan", "kommer", "blir"))
# The months, short or whole.
MONTH_NAMES = "|".join(f"{month[:3]}(?:{month[3:]})?" if len(month) > 3 else month for month in MONTHS)
# A word that is a time: a month or two, a season, a quarter.
MONTH = re.compile(
    rf"(?:{MONTH_NAMES})(?:[-–/](?:{MONTH_NAMES}))?$|(?:Vår|Sommar|Höst|Vinter)(?:en|n|terminen)?$|Helår$|Kvartal$|[Kk]v\.?$|Q[1-4]$",
    re.IGNORECASE,
)
_PERIODS = re.compile(r"(?:år|halvår|termin|tertial|kvartal|månad|vecka|dag)$")
_PHONE = re.compile(r"0\d{1,3}[-/]\d{2,3}$")  # the beginning of one
_LEADS_TIME = re.compile(
    r"(?:Klart?|Färdigt?|Från|Senast|Före|Innan|Till|Under|\w*flytt(?:ning)?|Start|Öppnar|Stängs)$"
)
_OF_DOING = re.compile(r"\w{3}(?:ning|ering)$")  # what is done, which no name tells
STARTS = re.compile(r"(?<=\S )(?:[A-ZÅÄÖ]|[-−–]?\d|[-−–] )")  # words that may begin a cell, but for the first
YEAR = re.compile(r"(?:19|20)\d\d")
_COMPANY = frozenset(("AB", "HB", "KB"))  # how a company's name ends
ONE_AMOUNT = re.compile(rf"{AMOUNT}{UNIT}(?: per [a-zåäö]+)?\*{{0,2}}$")

Features = tuple[str, str, str, str]  # of a cell: its first word, its last, its length, and its shape
NO_FEATURES: Features = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as far as it tells where cells begin and end."""

    text: str
    kind: str  # "C" with a capital, "x" small, "9" a figure, "D" a date, "M" a month, "-" a dash, "(" in brackets
    common: bool  # with a capital though the document writes it small elsewhere
    breaks: bool  # begins a line
    after: bool  # a cell may end before it: the word before does not dangle
    wide: bool  # stands after a gap as only columns that were laid out have


class Run:
    """The words of some blocks, one after another: what each is like, and what stands between the blocks.

    `timed` tells that a column has times, so that the words of each belong together.
    """

    def __init__(self, blocks: Blocks, places: Sequence[int], timed: bool) -> None:
        self.text = blocks.text
        self.words: list[Word] = []
        self.below: set[int] = set()  # the words below a block's first line, the rest of the cell that ends the block
        self.over: set[int] = set()  # after which words such a cell has ended
        self.at: list[tuple[int, int]] = []  # where each stands
        self.firsts: list[int] = []  # for each block its first word
        self.blanks: dict[int, int] = {}  # after which words blank lines stand for empty cells, and how many
        for place in places:
            if self.words and (blanks := blocks.run(place - 1, place)[0].blanks if blocks.traced else 0):
                self.blanks[len(self.words) - 1] = blanks
            self.firsts.append(len(self.words))
            lines = blocks.run(place, place + 1)[0].lines
            for line in lines:
                words = list(re.finditer(r"\S+", blocks.text[line.start : line.end]))
                for n, found in enumerate(words):
                    wide = n > 0 and found.start() - words[n - 1].end() > 2
                    self.at.append((line.start + found.start(), line.start + found.end()))
                    before = self.words[-1] if self.words else None
                    self.words.append(_word(found.group(), blocks.said.small, timed, not n, before, wide))
                self.below.update(range(len(self.words) - len(words), len(self.words)) if line is not lines[0] else ())
            self.over.update({len(self.words) - 1} if len(lines) > 1 else ())
        self.firsts.append(len(self.words))
        if places and (blanks := blocks.run(places[-1], places[-1] + 1)[0].blanks):
            self.blanks[len(self.words) - 1] = blanks
        self.words = _bound(_with_times(self.words) if timed else self.words)
        self.gaps = ["", *(_gap(blocks, a, b) for a, b in pairwise(places))]  # before each block
        self.uneven = {"none", "one"} <= set(self.gaps)  # blank lines stand between some of the lines
        # The lines of a cell stand together where blank ones set cells apart.
        far = {
            first for first, gap in zip(self.firsts, self.gaps, strict=False) if blocks.apart and gap in ("one", "more")
        }
        self.inside = [0.0]  # what it costs that words go on in the cell of the word before, summed up
        for n, (one, other) in enumerate(pairwise(self.words)):
            self.inside.append(self.inside[-1] + _cost_of_going_on(one, other, timed) + TRACE * (n in self.blanks))
            self.inside[-1] += _APART * (n + 1 in far and other.kind == "C" and other.after)
        self.overs = [0, *accumulate(n in self.over for n in range(len(self.words)))]  # how many, summed up
        self.voids = [self._voids(n) for n in range(len(self.words))]
        self._features: dict[tuple[int, int], Features] = {}

    def features(self, cell: tuple[int, int] | None) -> Features:
        """What is compared of a cell, given by its words."""
        if cell is None:
            return NO_FEATURES
        if cell not in self._features:
            self._features[cell] = _features(self.words[slice(*cell)])
        return self._features[cell]

    def traced(self, begin: int, end: int) -> int:
        """How many empty cells left a space before a word, or at the end of the row or of the line before."""
        if begin < end and not self.words[begin].breaks:
            return self.voids[begin][0]
        return self.voids[begin - 1][1]

    def _voids(self, n: int) -> tuple[int, int]:
        """How many empty cells the spaces before a word tell of, and those after it where it ends a line."""
        before = after = 0
        start, end = self.at[n]
        text = self.text
        while text[start - before - 1 : start - before] == " ":
            before += 1
        while text[end + after : end + after + 1] == " ":
            after += 1
        ends = text[end + after : end + after + 1] in ("", "\n")
        return max(0, before - 1), self.blanks.get(n, 0) + (max(0, after - 1) if ends else 0)


def _gap(blocks: Blocks, a: int, b: int) -> str:
    """What stands between the blocks at two places: nothing, a blank line, more; "" where a page ends."""
    before, after = blocks.run(a, a + 1)[0], blocks.run(b, b + 1)[0]
    if b != a + 1 or after.broken:
        return ""
    breaks = blocks.text.count("\n", before.lines[-1].end, after.lines[0].start)
    return "none" if breaks < 2 else "one" if breaks == 2 else "more"


def _word(word: str, small: frozenset[str], timed: bool, breaks: bool, before: Word | None, wide: bool) -> Word:
    plain = word.strip("(),.;:*").lower()
    common = word[:1].isupper() and (plain in small or _OF_DOING.search(plain) is not None)
    after = before is None or not dangling(f" {before.text}") or (before.kind == "-" and breaks and word[:1].isupper())
    kind = "M" if timed and MONTH.match(word) else _kind(word)
    if before is not None and re.search(r"(?:tertial|delårs)rapport$", before.text, re.IGNORECASE) and word in "123":
        kind = "x"  # the report's number
    return Word(word, kind, common, breaks, after, wide)


def _with_times(words: Sequence[Word]) -> list[Word]:
    """Words with those that lead into a time ("12 augusti", "Klart i maj", "vecka 12") as its beginning."""
    found = list(words)
    listed = False
    spans: set[int] = set()  # months that a span of whole months begins with
    for n, word in enumerate(words[:-1]):  # "29 juni–7 augusti": the second month goes on in the first's time
        if re.fullmatch(rf"(?:{MONTH_NAMES})[-–]\d{{1,2}}", word.text) and words[n + 1].kind == "M":
            found[n], found[n + 1] = replace(word, kind="M"), replace(words[n + 1], kind="x")
        elif n and re.fullmatch(r"20\d\d[-–]", word.text) and words[n - 1].kind == words[n + 1].kind == "M":
            spans.add(n - 1)  # "maj 2031– juni 2032" so too, and it tells no days
            found[n : n + 3] = [replace(each, kind="x") for each in words[n : n + 3]]
    for n, (word, after) in enumerate(pairwise(words)):  # "mars, juli, oktober" are one time
        if word.text.endswith(",") and MONTH.match(word.text[:-1]) and MONTH.match(after.text.rstrip(",")):
            found[n] = replace(word, kind="M") if found[n].kind != "x" or not listed else found[n]
            found[n + 1] = replace(after, kind="x")
            listed = True
        else:
            listed = False
    words = list(found)
    for n in range(len(found) - 2, -1, -1):
        month = n + 1 not in spans and re.match(MONTH_NAMES, words[n + 1].text)
        day = month and found[n].kind == "9" and re.fullmatch(r"\d{1,2}", found[n].text)
        open_ = found[n].text == "Ej" and re.match(r"fastställ|bestäm|beslut", words[n + 1].text)
        often = found[n].text == "Varje" and _PERIODS.match(words[n + 1].text)
        week = re.fullmatch(r"[Vv](?:eck(?:a|or|orna)|\.)", found[n].text) and found[n + 1].kind == "9"
        if day or open_ or often or week or (_LEADS_TIME.match(found[n].text) and found[n + 1].kind == "M"):
            found[n], found[n + 1] = replace(found[n], kind="M"), replace(found[n + 1], kind="x")
            if day and n + 2 < len(found) and YEAR.fullmatch(found[n + 2].text):
                found[n + 2] = replace(found[n + 2], kind="x")  # the year of a day
    return found


def _bound(words: Sequence[Word]) -> list[Word]:
    """Words with the figures of a telephone number as one number's, and who decided as the day's ("KF 2031-06-15")."""
    found = [replace(word, kind="x") if word.text in _COMPANY else word for word in words]
    for n in range(len(found) - 1):
        if found[n].kind == "C" and found[n + 1].kind == "D" and re.fullmatch(r"[A-ZÅÄÖ]{2,4}", found[n].text):
            found[n : n + 2] = replace(found[n], kind="D"), replace(found[n + 1], kind="x")
    for n in range(1, len(found)):
        if re.fullmatch(r"\d{2,3}", found[n].text) and (_PHONE.match(found[n - 1].text) or found[n - 1].kind == "+"):
            found[n] = replace(found[n], kind="+")
    return [replace(word, kind="x") if word.kind == "+" else word for word in found]


def _kind(word: str) -> str:
    if re.match(r"\d{4}-\d\d-\d\d|20\d\d-(?:0[1-9]|1[0-2])$", word) or "@" in word:
        return "D"
    if re.match(r"[-−–+±]?\d", word):
        return "9"
    if re.fullmatch(r"[-−–]", word):
        return "-"
    return "C" if word[:1].isupper() else "(" if word[:1] == "(" else "x"


def cost_alone(words: Sequence[Word], label: bool, last: bool, clausal: bool) -> float:
    """How unlikely words are as a cell by themselves: labels are short, and no sentences unless they are `clausal`;
    sentences stand in the last column."""
    count = len(words)
    small = [word.text.strip(",.").lower() for word in words if word.kind == "x"]
    cost = 0.1 * max(0, count - 12)
    if label:
        cost += 0.5 * max(0, count - 6)
        cost += 0.0 if clausal else 1.5 * sum(word in _CLAUSE for word in small)
        cost += 8.0 * (not clausal and any(word.text in _VERBS for word in words[1:3]))  # the beginning of a sentence
        cost += 6.0 * any(re.search(r"[a-zåäö]{4}\.$", a.text) and b.kind == "C" for a, b in pairwise(words))  # its end
        cost += 1.0 * sum(word.breaks and word.kind == "C" and word.after for word in words[1:])
    if last and count == 1 and words[0].kind == "9" and words[0].text.endswith("."):
        cost += 4.0  # the year that a sentence ends in
    if words[-1].text.endswith((".", ":", "!", "?")) and count > 1 and not last:
        cost += 4.0 if label else 1.5
    elif any(a.text.endswith(".") and b.kind == "C" and b.breaks for a, b in pairwise(words)):
        cost += 0.0 if last and words[-1].text.endswith((".", "!", "?")) else 2.0  # rather the heading of what follows
    numbered = (a for a, b, c in zip(words, words[1:], words[2:], strict=False) if b.kind == c.kind == "9")
    cost += 2.0 * sum(STREET.search(word.text) is not None for word in numbered)  # a street has one number
    if words[0].kind in "9D" and count > 2:
        cost += 0.7 * sum(word.kind == "x" for word in words[2:])
    if not last and words[-1].kind != "-" and dangling(f" {words[-1].text}"):
        cost += 3.0
    return cost


def holds_office(words: Sequence[Word]) -> bool:
    """True where whoever answers for something stands after other words, and so in a cell of its own."""
    after = any(one.kind == "x" and other.kind == "C" for one, other in pairwise(words))
    return after and words[0].kind == "C" and not is_role(words[0].text)


def follows(word: Word) -> bool:
    """True for a small word that is no amount's ("9,5 per år")."""
    return word.kind == "x" and word.text != "per"


def cost_of_beginning(words: Sequence[Word], n: int, total: bool) -> float:
    """How unlikely a cell begins at a word; after a sum's label amounts begin anywhere."""
    before, word = words[n - 1], words[n]
    if word.wide:
        return 0.0
    cost = 0.2 if word.after else 4.0
    if word.kind in "x(":
        cost += 3.0
    elif word.kind == "C" and binds(before.text):
        cost += 2.5
    elif word.kind == "C" and not word.common:
        cost += 1.2 if before.kind == "C" else 0.5
    elif word.kind == "9":
        counts = n + 1 < len(words) and words[n + 1].kind == "x" and not words[n + 1].breaks
        cost += 1.2 if before.kind == "C" and not (before.common or total or counts) else 0.3  # no number of a street
        cost += 1.5 * (re.fullmatch(r"\d{3}", word.text) is not None and before.kind == "9")
        cost += 6.0 * (re.match(r"0\d", word.text) is not None and before.kind == "9")  # the end of a number
        leads = STREET.search(before.text) is not None or leads_number(before.text)
        cost += 2.0 * leads + 3.0 * (before.kind == "M" or _is_years(before.text, word.text))
        cost += 1.0 * word.text.endswith(",")
    return cost if not word.breaks else max(0.0, cost - 0.7)


def _is_years(before: str, word: str) -> bool:
    """True where a word is the year of the month before it."""
    return before.lower() in MONTHS and YEAR.fullmatch(word) is not None


def _cost_of_going_on(before: Word, word: Word, timed: bool) -> float:
    """How unlikely a word goes on in the cell of the word before; `timed` where a column has times."""
    cost = 5.0 if word.wide else 0.0
    if word.kind == "C":
        ended = before.text.endswith((".", "!", "?")) or not word.after
        cost += 0.2 if ended else 1.2 if word.common else 0.1
    elif word.kind == "D" or (word.kind == "9" and before.kind == "D"):
        cost += 1.5 if timed or before.kind != "x" else 0.3
    if word.breaks:
        cost += 3.0 * (before.kind == "9" and word.kind == "C" and not before.text.endswith("."))
        within = word.kind in "x(" or (word.kind in "9D" and before.kind == "x" and not timed)
        cost += 0.2 if within or before.text.endswith(".") else 1.0
    return cost


def _features(words: Sequence[Word]) -> Features:
    """What is compared of a cell: its first word, its last, its length, and its shape."""
    if ONE_AMOUNT.match(" ".join(word.text for word in words)):
        return ("9", "9", "1", "9")
    kinds = "".join(word.kind + ("," if word.text.endswith(",") else "") for word in words)
    shape = re.sub(r"(?<=CC)C+", "", re.sub(r"x[x,]*", "x", kinds))
    end = "." if words[-1].text.endswith((".", "!", "?")) else words[-1].kind
    count = len(words)
    length = "1" if count == 1 else "2" if count == 2 else "4" if count < 5 else "8" if count < 9 else "9"
    return words[0].kind, end, length, shape if len(shape) < 10 else shape[:3]
