"""The command `plansvar`: what is typed, turned into calls; what comes back, turned into words.

Heavy imports stand inside the commands, so that help and mistakes answer at once. Exit codes: 0, or 2 with one line on
stderr that names the culprit and the remedy.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.private import keep_private
from bot.words import words

if TYPE_CHECKING:
    from bot.asking import Asker
    from bot.conversation import Conversation
    from bot.facts import Kind
    from bot.ingesting import Ingested
    from bot.settings import Settings
    from bot.state import State
    from retrieval.store.index import Document, Index

W = words()
app = typer.Typer(help=W.app, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
documents = typer.Typer(help=W.documents, rich_markup_mode=None)
app.add_typer(documents, name="documents")

_LINES = 3  # troubles named on the line that ends a batch

File = Annotated[str, typer.Argument(metavar="FILE", help=W.document_name)]
AsJson = Annotated[bool, typer.Option("--json", help=W.as_json)]


class Refused(Exception):
    """What was asked can't be done; the message is one line that names the culprit and the remedy."""


class Status(StrEnum):
    proposal = "proposal"
    adopted = "adopted"
    revised = "revised"


class Spoken(StrEnum):
    sv = "sv"
    en = "en"


class FactKind(StrEnum):
    indicators = "indicators"
    activities = "activities"
    budget = "budget"
    rows = "rows"


@app.callback(invoke_without_command=True)
def _start(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command(help=W.ingest)
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=W.ingest_paths)],
    organisation: Annotated[str | None, typer.Option(help=W.ingest_organisation)] = None,
    unit: Annotated[str | None, typer.Option(help=W.ingest_unit)] = None,
    year: Annotated[int | None, typer.Option(help=W.ingest_year)] = None,
    title: Annotated[str | None, typer.Option(help=W.ingest_title)] = None,
    status: Annotated[Status | None, typer.Option(help=W.ingest_status)] = None,
    show: Annotated[bool, typer.Option("--show", help=W.ingest_show)] = False,
    embed: Annotated[bool, typer.Option("--embed/--no-embed", help=W.ingest_no_embed)] = True,
) -> None:
    if year is not None and not 1900 <= year <= 2100:
        raise Refused(W.year.format(year=year))
    values = {"organisation": organisation, "unit": unit, "year": year, "title": title, "status": status}
    said = {name: str(value) for name, value in values.items() if value is not None}
    with _opened() as (settings, index):
        from bot import show as tables
        from bot.ingesting import INGEST, Ingested, found_in
        from bot.ingesting import ingest as take
        from bot.state import State

        found = list(found_in(paths))
        with index.alone(INGEST, _waiting), _progress(W.reading, len(found)) as told:
            results: list[Ingested] = []
            for n, each in enumerate(found):
                told(n, each.document if isinstance(each, Ingested) else each.name)
                results.append(each if isinstance(each, Ingested) else take(index, each, said))
        State(index).audit()
        stored = {document.name: document for document in index.documents()}
        console = tables.console()
        console.print(tables.report(results, stored))
        for result in results:
            _tell(result, stored.get(result.document))
            if show and result.document in stored and result.outcome != "failed":
                for table in tables.plan_tables(result.document, index.plan(stored[result.document].id)):
                    console.print(table)
        troubles = [result.trouble for result in results if result.trouble]
        if embed and settings.embedder != "none":
            try:
                _embed(settings, index)
            except Refused as error:
                troubles.append(str(error))
    if troubles:
        raise Refused(_one_line(troubles))


@documents.callback(invoke_without_command=True)
def _documents(context: typer.Context, as_json: AsJson = False) -> None:
    if context.invoked_subcommand is not None:
        return
    with _opened() as (settings, index):
        from bot import show as tables
        from bot.facts import document_record

        stored, embedder = index.documents(), settings.embedder_name
        if as_json:
            for document in stored:
                _print_json(document_record(document, embedder))
        elif stored:
            tables.console().print(tables.listing(stored, embedder))
        else:
            print(W.nothing_stored)


@documents.command(help=W.documents_remove)
def remove(file: File) -> None:
    with _opened() as (settings, index):
        from bot.build import build_vectors
        from bot.ingesting import INGEST
        from bot.state import State
        from retrieval.store.vectors import VectorsUnavailable

        with index.alone(INGEST, _waiting):
            document = _stored(index, file)
            index.remove(document.name)
            State(index).audit()
        print(W.removed.format(document=document.name))
        try:
            if vectors := build_vectors(settings, index):
                vectors.drop(document)
        except VectorsUnavailable as error:
            raise Refused(str(error)) from error


@documents.command(help=W.documents_text)
def text(file: File) -> None:
    with _opened() as (_, index):
        sys.stdout.buffer.write(index.text(_stored(index, file).name).encode())


@app.command(help=W.facts)
def facts(
    kind: Annotated[list[FactKind] | None, typer.Option(help=W.facts_kind)] = None,
    document: Annotated[str | None, typer.Option(metavar="FILE", help=W.facts_document)] = None,
    as_json: AsJson = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help=W.facts_csv)] = None,
    xlsx: Annotated[Path | None, typer.Option(metavar="FILE", help=W.facts_xlsx)] = None,
) -> None:
    if sum(map(bool, (as_json, csv, xlsx))) > 1:
        raise Refused(W.one_file)
    with _opened() as (_, index):
        from bot.facts import COLUMNS, KINDS, facts_of
        from bot.sheets import Sheet, write_csv, write_xlsx

        kinds: list[Kind] = [each for each in KINDS if not kind or FactKind(each) in kind]
        stored = [_stored(index, document)] if document else index.documents()

        def rows(*wanted: Kind) -> Iterator[dict[str, object]]:
            for each in stored:
                for fact in facts_of(each.name, index.plan(each.id), wanted):
                    yield from fact.rows()

        if csv:
            columns = dict.fromkeys(column for each in kinds for column in COLUMNS[each])
            count = write_csv(csv, Sheet("", tuple(columns), rows(*kinds)))
            print(W.written.format(count=count, file=csv))
        elif xlsx:
            count = write_xlsx(xlsx, [Sheet(each, COLUMNS[each], rows(each)) for each in kinds])
            print(W.written.format(count=count, file=xlsx))
        elif as_json:
            for each in stored:
                for fact in facts_of(each.name, index.plan(each.id), kinds):
                    _print_json(fact.record())
        elif stored:
            _show_facts(index, stored, kinds)
        else:
            print(W.nothing_stored)


@app.command(help=W.embed)
def embed() -> None:
    with _opened() as (settings, index):
        if settings.embedder == "none":
            raise Refused(W.no_vectors)
        _embed(settings, index)


@app.command(help=W.ask)
def ask(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help=W.ask_question)] = None,
    organisation: Annotated[str | None, typer.Option(metavar="NAME", help=W.ask_organisation)] = None,
    unit: Annotated[str | None, typer.Option(metavar="NAME", help=W.ask_unit)] = None,
    year: Annotated[int | None, typer.Option(metavar="YYYY", help=W.ask_year)] = None,
    as_json: AsJson = False,
    batch: Annotated[str | None, typer.Option(metavar="FILE", help=W.ask_batch)] = None,
) -> None:
    if (question is None) == (batch is None):
        raise Refused(W.ask_one)
    scope = {"organisation": organisation, "unit": unit, "year": year}
    if batch is not None:
        for option in (name for name, value in scope.items() if value is not None):
            raise Refused(W.batch_scope.format(option=option))
        _ask_batch(batch)
        return
    if year is not None and not 1900 <= year <= 2100:
        raise Refused(W.year.format(year=year))
    with _asking() as (_, asker):
        from bot.asking import Query, QuestionError, on_terminal, record, sources
        from retrieval.question.scope import Scope

        if organisation and (names := asker.unknown(organisation)) is not None:
            raise Refused(W.no_plan_of.format(name=organisation, names=names))
        try:
            answer = asker.ask(Query(str(question), scope=Scope(organisation, unit, year)))
        except QuestionError as error:
            raise Refused(str(error)) from None
        if as_json:
            _print_json(record(answer))
            return
        print(on_terminal(answer.answer))
        if answer.citations:
            print("", *sources(answer.citations), sep="\n")


def _ask_batch(file: str) -> None:
    """Answer a file of questions, each answer written as soon as it is there."""
    broken = 0
    with open(0 if file == "-" else file, "rb", closefd=file != "-") as lines, _asking() as (_, asker):
        from bot.asking import answer_lines

        asker.warm()
        with _progress(W.asking, None, shown=not sys.stdout.isatty()) as told:
            for n, (line, good) in enumerate(answer_lines(asker, lines), 1):
                print(line, flush=True)
                broken += not good
                told(n, "")
    if broken:
        raise Refused(W.broken_lines.format(file="stdin" if file == "-" else file, count=broken))


@app.command(help=W.chat)
def chat() -> None:
    with _talking() as conversation:
        from bot.terminal import Chat, hello, show, typed

        if not conversation.asker.library.known():
            raise Refused(W.nothing_to_ask)
        at_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        # Who has the command has the machine: nobody else waits while they ask.
        conversation.settings = conversation.settings.model_copy(update={"questions_per_minute": sys.maxsize})
        talk = Chat(conversation, lambda reply: show(reply, Path.cwd(), at_terminal))
        print(hello(conversation), end="\n\n", flush=True)
        talk.run(typed(conversation.state.typed(talk.person)))


@app.command("check", help=W.check)
def check_plans(
    document: Annotated[str | None, typer.Option(metavar="FILE", help=W.check_document)] = None,
    as_json: AsJson = False,
    spoken: Annotated[Spoken | None, typer.Option("--language", help=W.check_language)] = None,
) -> None:
    with _opened() as (_, index):
        from bot.checking import checked, report
        from bot.cited import Opened
        from bot.words import language
        from retrieval.store.known import Known

        stored = [_stored(index, document)] if document else index.documents()
        if not stored:
            raise Refused(W.nothing_to_ask)
        plans = (Opened(Known(each.id, each.name, each.description), index.plan(each.id)) for each in stored)
        told = spoken.value if spoken else language()
        found = checked(plans, told)
        if as_json:
            for each in found:
                _print_json(each.record())
        else:
            print(*report(list(found), len(stored), told), sep="\n")


@app.command("deadlines", help=W.deadlines)
def show_deadlines(
    when: Annotated[str | None, typer.Argument(metavar="WHEN", help=W.deadlines_when)] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help=W.deadlines_from)] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help=W.deadlines_to)] = None,
    responsible: Annotated[str | None, typer.Option(metavar="WHO", help=W.deadlines_responsible)] = None,
    organisation: Annotated[str | None, typer.Option(metavar="NAME", help=W.ask_organisation)] = None,
    unit: Annotated[str | None, typer.Option(metavar="NAME", help=W.ask_unit)] = None,
    year: Annotated[int | None, typer.Option(metavar="YYYY", help=W.ask_year)] = None,
    ics: Annotated[Path | None, typer.Option(metavar="FILE", help=W.deadlines_ics)] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help=W.deadlines_csv)] = None,
) -> None:
    if ics and csv:
        raise Refused(W.one_calendar)
    since, until = _day("from", first), _day("to", last)
    with _asking() as (settings, asker):
        from datetime import UTC, datetime

        from bot import deadlines as due
        from bot import show as tables
        from bot.cited import opened
        from bot.sheets import Sheet, write_csv
        from retrieval.evidence.naming import plan_name
        from retrieval.language.dates import limits
        from retrieval.question.scope import Scope, choose

        if organisation and (names := asker.unknown(organisation)) is not None:
            raise Refused(W.no_plan_of.format(name=organisation, names=names))
        known = asker.library.known()
        chosen = choose("", known, asker.within(Scope(organisation, unit, year)), settings.clock())
        if chosen.missing:
            plans_told = dict.fromkeys(plan_name(each.description) for each in known)
            raise Refused(W.no_plan_of.format(name=chosen.missing, names=", ".join(plans_told)))
        if chosen.open:
            whose = dict.fromkeys(filter(None, (each.description.organisation for each in known)))
            raise Refused(W.which_plan.format(names=", ".join(whose)))
        plans = opened(asker.library, (each for group in chosen.groups for each in group))
        if when:
            today = settings.clock()
            days = limits(when, next((p.facts.year for p in plans if p.facts.year), today.year), today)
            if days is None:
                raise Refused(W.bad_when.format(when=when))
            since, until = since or days.first, until or days.last
        found = due.deadlines(plans, since, until, responsible)
        if ics:
            content = due.calendar(found, settings.public_url, datetime.now(UTC))
            ics.write_bytes(content)
            print(W.written.format(count=content.count(b"BEGIN:VEVENT"), file=ics))
        elif csv:
            print(W.written.format(count=write_csv(csv, Sheet("", due.COLUMNS, map(due.row, found))), file=csv))
        elif found:
            tables.console().print(tables.deadline_table(found))
        else:
            print(W.no_deadlines)


def _day(option: str, written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Refused(W.bad_day.format(option=option, day=written)) from None


@app.command(help=W.report)
def report() -> None:
    with _remembering() as state:
        from bot.report import page

        for line in page(state):
            print(line)


@app.command(help=W.forget)
def forget(person: Annotated[str, typer.Argument(metavar="PERSON", help=W.forget_person)]) -> None:
    with _remembering() as state:
        if (id := person.removeprefix("telegram:")) != person and id.isdecimal():  # the code that let them in
            from bot.settings import read_settings
            from bot.telegram_people import People

            People(state.index, read_settings()).shut_out(int(id))
        before, after = state.forget(person), state.count(person)
        for name in before:
            print(
                f"{getattr(W, name)}: {W.forget_before.lower()} {before[name]}, {W.forget_after.lower()} {after[name]}"
            )


@app.command(help=W.serve)
def serve() -> None:
    with _opened() as (settings, index):
        from bot.build import build_conversation
        from bot.web.app import build, run
        from bot.web.endpoints import configured

        conversation = build_conversation(settings, index)
        web = build(settings, conversation, configured(settings, conversation))
        try:
            run(web, lambda address: print(W.serving.format(address=address), flush=True))
        except OSError as error:
            address = f"{settings.host}:{settings.port}"
            raise Refused(W.not_serving.format(address=address, trouble=error.strerror or error)) from None


@app.command(help=W.telegram)
def telegram(
    approve: Annotated[str | None, typer.Option(metavar="CODE", help=W.telegram_approve)] = None,
    deny: Annotated[int | None, typer.Option(metavar="ID", help=W.telegram_deny)] = None,
    people: Annotated[bool, typer.Option("--people", help=W.telegram_people)] = False,
) -> None:
    if approve or deny or people:
        with _opened() as (settings, index):
            _telegram_people(settings, index, approve, deny)
        return
    _answer_in("telegram")


def _telegram_people(settings: Settings, index: Index, approve: str | None, deny: int | None) -> None:
    """Let somebody in, or take that back; then who has been let in."""
    from bot.telegram_people import CODE_HOURS, People

    people = People(index, settings)
    if approve:
        person = people.let_in(approve)
        if person is None:
            raise Refused(W.telegram_no_code.format(code=approve, hours=CODE_HOURS))
        print(W.telegram_let_in.format(name=person.name, id=person.id))
    elif deny:
        if not people.shut_out(deny):
            raise Refused(W.telegram_not_in.format(id=deny))
        print(W.telegram_shut_out.format(id=deny))
    else:
        for person in people.everybody():
            print(f"{person.id}  {person.name}")


@app.command(help=W.slack)
def slack() -> None:
    _answer_in("slack")


def _answer_in(name: str) -> None:
    """Answer in a chat whose vendor we ask for messages, until stopped."""
    from bot.chats import CHATS

    chat = next(chat for chat in CHATS if chat.name == name)
    adapter = chat.adapter()
    with _talking() as conversation:
        from bot.logs import set_up

        chat_app = adapter.build(conversation.settings, conversation)
        set_up(conversation.settings)
        adapter.run(chat_app, lambda bot: print(W.answers.format(chat=chat.title, name=bot), flush=True))


@app.command("eval", help=W.eval)
def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl", help=W.eval_questions)],
    plans: Annotated[Path | None, typer.Option(metavar="DIR", help=W.eval_plans)] = None,
    as_json: AsJson = False,
    failures: Annotated[bool, typer.Option("--failures", help=W.eval_failures)] = False,
) -> None:
    with _asking() as (_, asker):
        from bot import evaluating
        from bot.asking import QuestionError

        try:
            read = evaluating.read_questions(questions)
            with _progress(W.asking, len(read)) as told:
                grades = list(evaluating.evaluate(asker, read, plans, told))
        except QuestionError as error:
            raise Refused(str(error)) from None
    wrong = [evaluating.failure(each) for each in grades if failures and not each.faultless]
    measured = evaluating.totals(grades)
    if as_json:
        _print_json(measured | ({"failures": wrong} if failures else {}))
        return
    for each in wrong:
        print(f"{each['id']}  {each['question']}", *(f"    {why}" for why in each["why"]), sep="\n")
    print(*evaluating.report(measured), sep="\n")


@app.command("teams-package", help=W.teams_package)
def teams_package(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=W.teams_package_file)],
) -> None:
    from bot.settings import read_settings
    from bot.teams_package import write_package

    write_package(file, read_settings())
    print(W.teams_packaged.format(file=file))


@app.command(help=W.doctor)
def doctor() -> None:
    from bot.doctor import examine
    from bot.settings import read_settings

    findings = examine(read_settings())
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        print(f"{finding.name:<{width}}  {finding.state:<4}  {finding.words}")
    bad = [finding.name for finding in findings if not finding.well]
    if bad:
        raise Refused(W.not_well.format(names=", ".join(bad)))


def main() -> None:
    """Run the command that was typed, and exit with 0 or 2."""
    keep_private()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command and return its exit code; whatever goes wrong is one line on stderr."""
    try:
        code = app(arguments, prog_name="plansvar", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # who reads our output has had enough: typer exits then, with 1
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Exception, KeyboardInterrupt) as error:
        line = " ".join(_line(error).split())
        print(f"plansvar: {line}", file=sys.stderr)
        return 2
    return code if isinstance(code, int) else 0


def _line(error: BaseException) -> str:
    """An exception as one line that names the culprit and the remedy."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, (KeyboardInterrupt, typer.Abort)):
        return W.interrupted
    if isinstance(error, typer.TyperException):
        return W.usage.format(trouble=error.format_message().rstrip("."), command="plansvar")
    if isinstance(error, OSError):
        path = error.filename or type(error).__name__
        return W.file_trouble.format(path=path, trouble=error.strerror or error)
    from sqlalchemy.exc import SQLAlchemyError

    from bot.settings import InvalidSettings, read_settings

    if isinstance(error, InvalidSettings):
        return str(error)
    if isinstance(error, SQLAlchemyError):
        url = read_settings().database.render_as_string(hide_password=True)
        return W.database.format(url=url, trouble=getattr(error, "orig", None) or error)
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return W.fault.format(culprit=place, trouble=f"{type(error).__name__}: {error}")


@contextmanager
def _opened() -> Iterator[tuple[Settings, Index]]:
    """The settings, and the index they name."""
    from bot.build import build_index
    from bot.settings import read_settings

    settings = read_settings()
    index = build_index(settings)
    try:
        yield settings, index
    finally:
        index.close()


@contextmanager
def _asking() -> Iterator[tuple[Settings, Asker]]:
    """The settings, and what answers questions where there are plans to answer from."""
    with _opened() as (settings, index):
        from bot.build import build_asker

        asker = build_asker(settings, index)
        if not asker.library.known():
            raise Refused(W.nothing_to_ask)
        yield settings, asker


@contextmanager
def _talking() -> Iterator[Conversation]:
    """The conversation core; what is too old to be kept is erased first."""
    with _opened() as (settings, index):
        from bot.build import build_conversation

        conversation = build_conversation(settings, index)
        conversation.expire()
        yield conversation


@contextmanager
def _remembering() -> Iterator[State]:
    """What the chats remember; what is too old to be kept is erased first."""
    with _opened() as (settings, index):
        from bot.state import State

        state = State(index)
        state.expire(settings.history_days, settings.feedback_days)
        yield state


def _stored(index: Index, name: str) -> Document:
    from unicodedata import normalize

    from retrieval.store.index import UnknownDocument

    try:
        return index.document(normalize("NFC", name))
    except UnknownDocument:
        raise Refused(W.unknown_document.format(document=name)) from None


def _embed(settings: Settings, index: Index) -> None:
    """Make the vectors that are missing, and forget those of documents that are gone."""
    from bot.build import build_vectors
    from bot.ingesting import EMBED, embed
    from retrieval.store.embed import EmbedderUnavailable
    from retrieval.store.vectors import VectorsUnavailable

    try:
        with index.alone(EMBED, _waiting):
            vectors = build_vectors(settings, index)
            assert vectors is not None
            with _progress(W.embedding, None) as told:
                embed(index, vectors, lambda document, done, of: told(done, document.name, of))
    except (EmbedderUnavailable, VectorsUnavailable) as error:
        raise Refused(str(error)) from error
    except KeyboardInterrupt:
        raise Refused(W.embedding_interrupted) from None


def _waiting() -> None:
    print(W.waiting, file=sys.stderr, flush=True)


@contextmanager
def _progress(label: str, total: int | None, shown: bool = True) -> Iterator[Callable[..., None]]:
    """A bar on stderr, where that is a terminal, while work goes on: called with how much is done, and with what; and
    of how much, where only the work itself finds out."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not (shown and console.is_terminal)) as progress:
        task = progress.add_task(label, total=total)

        def told(done: int, what: str, of: int | None = total) -> None:
            progress.update(task, completed=done, total=of, description=f"{label} {what}")

        yield told


def _tell(result: Ingested, document: Document | None) -> None:
    """What a person should know of a file that was read, below the report."""
    if result.trouble:
        print(result.trouble)
    if document is None or result.outcome not in ("new", "replaced", "described"):
        return
    if not document.description.organisation:
        print(W.unknown_organisation.format(document=document.name))
    if not document.description.period:
        print(W.unknown_period.format(document=document.name))
    if document.counts.unplaced:
        print(W.unplaced_lines.format(document=document.name, count=document.counts.unplaced))
    for note in document.notes:
        print(f"{document.name}: {note}")


def _one_line(troubles: list[str]) -> str:
    if len(troubles) == 1:
        return troubles[0]
    more = [W.and_more.format(count=len(troubles) - _LINES)] if len(troubles) > _LINES else []
    return W.files_failed.format(count=len(troubles), lines="; ".join(troubles[:_LINES] + more))


def _show_facts(index: Index, stored: Iterable[Document], kinds: list[Kind]) -> None:
    from bot import show as tables

    console = tables.console()
    for document in stored:
        for table in tables.fact_tables(document.name, index.plan(document.id), kinds):
            console.print(table)


def _print_json(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()
