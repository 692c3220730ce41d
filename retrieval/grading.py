"""How an answer is graded where the right one is known: is it right, is it cited, does it say what nothing supports.

A right answer says what is expected and nothing that is forbidden, and is no longer than a chat message of its kind.
It is cited when a quote that stands in the right document holds the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ingest.plan import Indicator, Plan, TableRow
from retrieval.evidence.answer_types import Answer, Citation
from retrieval.language.swedish import Language, language, tokens

# An answer is a chat message, not a dump of the plan: the longest text that still counts, by kind of question.
_LONGEST = {
    "list": 4000,
    "deadline_filter": 4000,
    "cross_document": 2500,
    "organisation": 2500,
    "onboarding": 2500,
    "narrative": 1800,
    "followup": 1800,
    "false_premise": 1800,
    "premises": 1200,
}
_LONGEST_FACT = 800
_MOST_CITATIONS = 10  # those after the tenth don't count as evidence
_LONGEST_QUOTE = 800  # nor does a longer quote: it points at a page, not at a place
_SHORT_EVIDENCE = 6  # words: a row of that many must be cited whole, of longer evidence the larger part
_ENOUGH, _ENOUGH_SHORT = 0.6, 0.95


@dataclass(frozen=True, slots=True)
class Gold:
    """A question with its known answer.

    `documents` are those that hold the answer, each a file's name or the digits its name begins with. The answer must
    have at least one string of every group of `expect`; no group: the plans don't say it. `forbid` are strings it must
    not have, `evidence` words of the documents that prove it.
    """

    id: str
    kind: str
    language: Language
    question: str
    documents: tuple[str, ...]
    expect: tuple[tuple[str, ...], ...]
    forbid: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """What is right and wrong with an answer, and why.

    `cited` is None for a question that the plans don't answer, `cell` (whether table, row and column are right) where
    no single cell is cited. `unsupported` are numbers it says that stand in no cited quote and no computation.
    """

    gold: Gold
    right: bool
    cited: bool | None
    verbatim: bool
    abstained: bool
    same_language: bool
    cell: bool | None
    unsupported: tuple[str, ...]
    seconds: float
    why: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Right, and cited where there is something to cite."""
        return self.right and self.cited is not False

    @property
    def faultless(self) -> bool:
        return self.good and self.verbatim and self.same_language and self.cell is not False and not self.unsupported


def grade(gold: Gold, answer: Answer, texts: Mapping[str, str], plans: Mapping[str, Plan]) -> Grade:
    """Grade an answer by the documents' texts as `squashed` makes them, and by the plans, both by document name."""
    found = [c for c in answer.citations if (quote := squashed(c.quote)) and quote in texts.get(c.document, "")]
    verbatim = len(found) == len(answer.citations)
    quotes = [c for c in found if c.n <= _MOST_CITATIONS and len(c.quote) <= _LONGEST_QUOTE]
    forbidden = [words for words in gold.forbid if says(answer.answer, words)]
    longest = _LONGEST.get(gold.kind, _LONGEST_FACT) if gold.expect else _LONGEST_FACT
    short = len(answer.answer) <= longest
    headers = [column for c in found if c.document in plans for column in _columns(plans[c.document], c)]
    unsupported = () if answer.abstained else tuple(_unsupported(answer, [gold.question, answer.plan, *headers]))
    same_language = answer.language == gold.language and (answer.abstained or _spoken(answer) == gold.language)
    why = [
        *(["a quote is not in its document"] if not verbatim else []),
        *([f"says {', '.join(forbidden)}"] if forbidden else []),
        *([f"{len(answer.answer)} characters, over {longest}"] if not short else []),
        *([f"unsupported {', '.join(unsupported)}"] if unsupported else []),
        *(["not in the question's language"] if not same_language else []),
    ]
    cited: bool | None = None
    cell: bool | None = None
    if gold.expect:
        missing = [group for group in gold.expect if not any(says(answer.answer, words) for words in group)]
        right = not answer.abstained and not missing and not forbidden and short
        best = evidence_in(gold, [(c.document, c.quote) for c in quotes])
        cited = best >= 1
        cell = _cell_right(gold, answer, plans)
        why += ["abstained"] if answer.abstained else []
        why += [f"missing {' & '.join(group[0] for group in missing[:4])}"] if missing else []
        why += [] if cited else [f"evidence not cited (best overlap {best:.2f})"]
        why += ["not the expected table cell"] if cell is False else []
    else:
        right = answer.abstained and not forbidden and short
        why += [] if answer.abstained else ["answered what the plans do not say"]
    return Grade(
        gold, right, cited, verbatim, answer.abstained, same_language, cell, unsupported, answer.seconds, tuple(why)
    )


def is_document(key: str, name: str) -> bool:
    """Whether a document is the one that a question names by its file name, or by the three digits it begins with."""
    file = PurePath(name).name
    return key in (name, file) or (re.fullmatch(r"\d{3}", key) is not None and file.startswith(key))


# Evidence


def evidence_in(gold: Gold, found: Sequence[tuple[str, str]]) -> float:
    """How much of enough evidence is in texts of some documents (each the document's name and the words): 1 and more
    is enough.

    One text that by itself says all that is expected is enough too, as a plan may state a thing twice. A comparison
    of documents needs something of each of them.
    """
    wanted = [text for document, text in found if any(is_document(key, document) for key in gold.documents)]
    everywhere = all(any(is_document(key, document) for document, _ in found) for key in gold.documents)
    if not everywhere:
        return 0.0
    if any(all(any(says(text, words) for words in group) for group in gold.expect) for text in wanted):
        return 1.0
    best = 0.0
    for evidence in gold.evidence:
        enough = _ENOUGH if len(set(_tokens(evidence))) > _SHORT_EVIDENCE else _ENOUGH_SHORT
        best = max([best, *(_overlap(text, evidence) / enough for text in wanted)])
    return best


def _overlap(quote: str, evidence: str) -> float:
    """Share of the evidence's words that the quote holds."""
    have, want = set(_tokens(quote)), set(_tokens(evidence))
    return len(have & want) / len(want) if want else 0.0


def _tokens(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,:-]\d+)*|\w+", _folded(text))


# Table cells


def _cell_right(gold: Gold, answer: Answer, plans: Mapping[str, Plan]) -> bool | None:
    """Whether a cited cell holds something expected, or what was computed from it does; None where none is cited."""
    cited = [c for c in answer.citations if c.table and c.row and c.column]
    if not cited:
        return None
    numbers = {c.n for c in cited}
    held = [cell for c in cited if c.document in plans for cell in cells(plans[c.document], c)]
    held += [computed.value for computed in answer.computed if numbers & set(computed.sources)]
    wanted = [words for group in gold.expect for words in group]
    return any(cell and (says(cell, words) or says(words, cell)) for cell in held for words in wanted)


def cells(plan: Plan, citation: Citation) -> Iterator[str]:
    """What a plan has under the table, row and column of a citation."""
    for indicator in plan.indicators:
        if indicator.name == citation.row and _holds(plan, indicator, citation):
            by_column = {
                "Årsmål": indicator.target,
                "KF:s årsmål": indicator.council_target,
                "Periodicitet": indicator.period,
            }
            yield by_column.get(citation.column or "") or ""
    for row in plan.rows:
        if (row.table, row.row) == (citation.table, citation.row) and _holds(plan, row, citation):
            yield from (cell.written or "" for cell in row.cells if cell.column == citation.column)


def _columns(plan: Plan, citation: Citation) -> Iterator[str]:
    """The headers of the table row that a citation is of."""
    for row in plan.rows:
        if (row.table, row.row) == (citation.table, citation.row) and _holds(plan, row, citation):
            yield from (cell.column for cell in row.cells)


def _holds(plan: Plan, item: Indicator | TableRow, citation: Citation) -> bool:
    quote = squashed(citation.quote)
    return any(
        (words := squashed(plan.text[span.start : span.end])) in quote or quote in words for span in item.origin.spans
    )


# Numbers and language

_NUMBER = re.compile(r"(?<![\w,.])\d{1,3}(?: \d{3})+(?![\d])(?:,\d+)?|(?<![\w,.])\d+(?:[.,:/-]\d+)*")
_MARK = re.compile(r"\[\d+\]")
_QUOTED = re.compile(r"[”“][^”“]*”")


def _unsupported(answer: Answer, given: Sequence[str]) -> Iterator[str]:
    """Numbers of an answer that stand in no quote, label or computation of it, nor in words that are given."""
    support = list(given)
    for c in answer.citations:
        support += [c.quote, c.section, c.table or "", c.row or "", c.column or ""]
    for computed in answer.computed:
        support += [computed.value, computed.formula]
    held = "\n".join(map(plain, support))
    for number in dict.fromkeys(_NUMBER.findall(plain(_own(answer)))):
        if not _written(number).search(held):
            yield number


def _written(number: str) -> re.Pattern[str]:
    """A number as it may be written elsewhere: a space before each thousand or none."""
    whole, rest = re.fullmatch(r"([\d ]+)(.*)", number).groups()  # type: ignore[union-attr]
    digits = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", " ?", whole.replace(" ", ""))
    return re.compile(rf"(?<!\d)(?<!\d[.,]){digits}{re.escape(rest)}(?!\d)(?![.,]\d)")


def _spoken(answer: Answer) -> Language:
    """The language of an answer's own words, without the plan's: its quotes, and names of rows and headings."""
    cited = (each for c in answer.citations for each in (c.quote, c.table, c.row, c.column, c.section) if each)
    plans = {token for each in cited for token in tokens(each)}
    own = re.sub(r"\w+", lambda word: " " if word[0].casefold() in plans else word[0], _QUOTED.sub(" ", _own(answer)))
    return language(own)


def _own(answer: Answer) -> str:
    """An answer without its citation marks and the name of the plan it is from."""
    return _MARK.sub("", answer.answer).replace(answer.plan, " ") if answer.plan else _MARK.sub("", answer.answer)


# Text compared

_MONTHS = {
    name: f"{number:02}"
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "mars march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sept sep",
            "oktober october oct okt",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(rf"\b(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b\.?(?:,? (\d{{4}})\b)?")
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.? (0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?![.,:]?\d)(?:,? (\d{{4}})\b)?")
_PER_CENT = re.compile(r"\s*(?:%|\bprocent\b|\bpercent\b|\bper cent\b)")
_DASHES = re.compile("[\u2010-\u2015\u2212]")


def _folded(text: str) -> str:
    """Lower case, one space for any run of white space, one kind of dash and minus."""
    text = _DASHES.sub("-", text.replace("\u00ad", ""))
    return re.sub(r"\s+", " ", text).strip().casefold()


def squashed(text: str) -> str:
    """Folded, with no white space and no hyphen: what a line break or a mended word leaves alone."""
    return re.sub(r"[\s-]", "", _folded(text))


def plain(text: str) -> str:
    """Folded, with one way to write per cent and a day of a month (1 mars, March 1st, 2021-03-01: 03-01)."""

    def day(day: str, month: str, year: str | None) -> str:
        return f"{year}-" * bool(year) + f"{_MONTHS[month]}-{int(day):02}"

    text = _PER_CENT.sub(" %", _folded(text))
    text = _DAY_FIRST.sub(lambda found: day(found[1], found[2], found[3]), text)
    return _MONTH_FIRST.sub(lambda found: day(found[2], found[1], found[3]), text)


def says(answer: str, wanted: str) -> bool:
    """Whether `wanted` stands in `answer`: a number whole, a very short word whole."""
    answer, wanted = plain(answer), plain(wanted)
    date = re.fullmatch(r"(\d{4}-)?(\d\d-\d\d)", wanted)
    if date:  # the year may be left out, not contradicted
        year = date[1] or r"\d{4}-"
        return re.search(rf"(?<!\d)(?:{year}|(?<!\d-)){date[2]}(?![\d-])", answer) is not None
    before = after = ""
    if re.match(r"-?\d", wanted):  # not inside a number, a date or a range
        thousands = r"(?<!(?<!\d)\d )(?<!(?<!\d)\d\d )(?<!(?<!\d)\d{3} )"
        before = r"(?<!\d)(?<!\d[.,-])" + (thousands if re.match(r"\d{3}(?!\d)", wanted) else "")
    elif re.fullmatch(r"[^\W\d_]{1,3}", wanted):  # "tio" is not in "organisation"; a longer word may be in a compound
        before, after = r"(?<!\w)", r"(?!\w)"
    if re.fullmatch(r"(?:19|20)\d\d", wanted):  # a year may begin a date
        after = r"(?!\d)(?![.,]\d)"
    elif wanted[-1:].isdigit():
        after = r"(?!\d)(?![.,-]\d)(?! \d{3}(?!\d))"
    return re.search(before + re.escape(wanted) + after, answer) is not None
