"""What stands beside an answer in the plan: its facts as a table, and what may be asked next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.cited import Opened
from bot.message import Suggestion, Table
from bot.phrases import say
from ingest.plan import Activity, Indicator, Plan, TableRow
from retrieval.evidence.answer_types import Answer, Citation
from retrieval.evidence.lookup import TOTAL
from retrieval.language.lexicon import Lexicon
from retrieval.language.swedish import STOP_WORDS, Language, language, terms

_MOST = 3  # suggestions
_LIST = 3  # activities that are a list, whose first is no nearer than the others
_LADDER = re.compile(r"^(?:KF:s mål för verksamhetsområdet|KF:s inriktningsmål|Nämndmål|Enhetsmål) [\d.]* ?")
_GENERAL = {
    "Inledning",
    "Beskrivning",
    "Förväntat resultat",
    "Arbetssätt",
    "Resursanvändning",
    "Uppföljning",
    "Utveckling",
}
_COUNTING = re.compile(r"andel|antal|person|invånar")  # what indicators count in: on every subject
_LABEL = 60  # characters of a button
Fact = Indicator | Activity | TableRow
Idea = tuple[str, dict[str, str]]  # what may be asked, and its holes in the phrases


def fact_at(plan: Plan, start: int | None) -> Fact | None:
    """The fact whose words begin at a place in the stored text."""
    facts: Sequence[Fact] = (*plan.indicators, *plan.activities, *plan.rows)
    if start is None:
        return None
    return next((fact for fact in facts if any(span.start <= start < span.end for span in fact.origin.spans)), None)


def table_of(answer: Answer, plans: Sequence[Opened], language: Language) -> Table | None:
    """The facts that an answer lists as a table, where they are of one kind."""
    found: list[tuple[Citation, Fact]] = []
    for citation in answer.citations:
        fact = _fact(citation, plans)
        if fact is None:
            return None
        if not _among(fact, [each for _, each in found]):
            found.append((citation, fact))
    kinds = {type(fact) for _, fact in found}
    if len(found) < 2 or len(kinds) != 1:
        return None
    numbers = tuple(citation.n for citation, _ in found)
    facts = [fact for _, fact in found]
    if all(isinstance(fact, Activity) for fact in facts):
        due = [(str(f.end or ""), f.text, ", ".join(f.responsible)) for f in facts if isinstance(f, Activity)]
        return Table(_headed(language, "due", "what", "responsible"), tuple(due), numbers)
    if all(isinstance(fact, Indicator) for fact in facts):
        return indicators([fact for fact in facts if isinstance(fact, Indicator)], language, numbers)
    return _rows([fact for fact in facts if isinstance(fact, TableRow)], numbers, language)


def indicators(found: Sequence[Indicator], language: Language, numbers: tuple[int, ...] = ()) -> Table:
    """Indicators as a table."""
    rows = tuple((i.name, i.target or "", i.council_target or "", i.period or "") for i in found)
    return Table(_headed(language, "indicator", "target", "council", "period"), rows, numbers, frozenset({1, 2}))


def _headed(language: Language, *keys: str) -> tuple[str, ...]:
    return tuple(say(key, language) for key in keys)


def _rows(rows: Sequence[TableRow], numbers: tuple[int, ...], language: Language) -> Table | None:
    """Rows that share their columns as they stand in the plan's own table."""
    columns = tuple(cell.column for cell in rows[0].cells)
    if any(tuple(cell.column for cell in row.cells) != columns for row in rows):
        return None
    numeric = frozenset(
        n + 1
        for n in range(len(columns))
        if all(row.cells[n].number is not None or not row.cells[n].written for row in rows)
    )
    cells = tuple((row.row, *(cell.written or "" for cell in row.cells)) for row in rows)
    return Table((say("row", language), *columns), cells, numbers, numeric)


def suggestions(answer: Answer, plans: Sequence[Opened], lexicon: Lexicon) -> tuple[Suggestion, ...]:
    """At most three questions that lead on from an answer, made of the facts next to those it cites.

    In English a fact is called by its gloss where the lexicon has one; a question that would read as Swedish all the
    same is left out, since it would be answered in Swedish.
    """
    spoken = answer.language
    cited = [fact for c in answer.citations if (fact := _fact(c, plans)) is not None]
    ideas: list[Idea] = []
    if sum(isinstance(fact, Activity) for fact in cited) >= _LIST:
        bodies = Counter(f.responsible[0] for f in cited if isinstance(f, Activity) and f.responsible)
        ideas += [("responsible", {"who": body}) for body, _ in bodies.most_common(2)]
    else:
        for citation in answer.citations[:2]:
            source = _source(citation, plans)
            ideas += _ideas(source, citation, cited) if source else ()
    if answer.abstained:
        ideas += [
            ("section", {"heading": _LADDER.sub("", heading)}) for heading in answer.sections if heading not in _GENERAL
        ]
    found: dict[str, Suggestion] = {}
    for key, holes in ideas:
        if key == "before" and answer.computed:  # compared already
            continue
        named = {hole: (lexicon.gloss(word) if spoken == "en" else None) or word for hole, word in holes.items()}
        text = say(f"ask_{key}", spoken, **(holes if key == "responsible" else named))
        if key == "responsible" or language(text) == spoken:
            found.setdefault(text, Suggestion(_short(say(f"button_{key}", spoken, **named)), text))
    return tuple(found.values())[:_MOST]


def _ideas(source: Opened, citation: Citation, cited: Sequence[Fact]) -> Iterator[Idea]:
    """What stands next to a citation, by what may be asked of it."""
    plan, fact = source.plan, _fact(citation, [source])
    if isinstance(fact, TableRow):
        yield from _of_row(source, fact, cited)
        return
    if isinstance(fact, Activity) and fact.responsible:
        yield "responsible", {"who": fact.responsible[0]}
    goal = _goal(plan, fact.origin.section if fact else _section_at(plan, citation.start))
    if goal is None:
        return
    beside = [each for each in plan.indicators if each.target and _goal(plan, each.origin.section) == goal]
    at = next((n for n, each in enumerate(beside) if each is fact), -1)
    after = [each for each in beside[at + 1 :] + beside[: max(at, 0)] if not _among(each, cited)]
    if not isinstance(fact, Indicator):  # of a sentence or an activity only a target on the same subject is near
        subject = set(_told(citation.quote))
        after = [each for each in after if subject & set(_told(each.name))]
    yield from (("target", {"name": each.name}) for each in after[:1])
    due = [each for each in plan.activities if each.end and _goal(plan, each.origin.section) == goal]
    number, period = plan.sections[goal].number, source.known.description.period
    if number and period and not all(_among(each, cited) for each in due):
        yield "due", {"number": number, "day": str(period.end)}


def _told(words: str) -> Iterator[str]:
    """The index terms that say what a sentence is about, as far as words alone tell."""
    for term, weight in terms(words):
        if weight >= 0.9 and len(term) > 4 and term not in STOP_WORDS and not _COUNTING.match(term):
            yield term


def _among(fact: Fact, facts: Sequence[Fact]) -> bool:
    return any(fact is each for each in facts)


def _of_row(source: Opened, row: TableRow, cited: Sequence[Fact]) -> Iterator[Idea]:
    year = source.facts.year
    if (
        year
        and not _is_sum_or_part(row)
        and any(cell.year == year - 1 and cell.number is not None for cell in row.cells)
    ):
        yield "before", {"row": row.row.rstrip(" *:"), "year": str(year - 1)}
    if row.kind != "budget":
        return
    table = [each for each in source.plan.rows if each.table == row.table]
    at = next((n for n, each in enumerate(table) if each is row), 0)
    for each in table[at + 1 :] + table[:at]:
        net = any(cell.number is not None and cell.column.startswith("Netto") for cell in each.cells)
        if net and not _is_sum_or_part(each) and not _among(each, cited):
            yield "net", {"row": each.row.rstrip(" *:")}
            break


def _is_sum_or_part(row: TableRow) -> bool:
    return TOTAL.match(row.row) is not None or row.row.casefold().startswith("varav")


def _source(citation: Citation, plans: Sequence[Opened]) -> Opened | None:
    """The plan that a citation is of."""
    return next((each for each in plans if each.known.name == citation.document), None)


def _fact(citation: Citation, plans: Sequence[Opened]) -> Fact | None:
    """The fact that a citation quotes."""
    source = _source(citation, plans)
    return fact_at(source.plan, citation.start) if source else None


def _section_at(plan: Plan, start: int | None) -> int | None:
    """The innermost section that a place stands in."""
    if start is None:
        return None
    found = [n for n, section in enumerate(plan.sections) if section.span.start <= start]
    return found[-1] if found else None


def _goal(plan: Plan, section: int | None) -> int | None:
    """The numbered goal that a section stands under, the council's area goal rather than the board's."""
    while section is not None and plan.sections[section].label != "KF:s mål för verksamhetsområdet":
        section = plan.sections[section].parent
    return section


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else label[:_LABEL].rsplit(" ", 1)[0] + " …"
