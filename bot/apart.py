"""Work in a process of its own: a file that crashes its reader, or never ends, costs the server nothing.

It gives the memory back that reading and embedding take, and leaves the processor to answers.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Event
from typing import ParamSpec, TypeVar

from bot.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")


_running: set[SpawnProcess] = set()
_closing = Event()


class Stopped(Exception):
    """The process ended before its work did: it crashed, took too long, or was told to stop."""


class Closing(Stopped):
    """It was stopped because this process stops: nothing can be said of its work."""


@contextmanager
def stoppable() -> Iterator[None]:
    """After this, no work goes on apart: a process that stops does not wait for it."""
    _closing.clear()
    try:
        yield
    finally:
        _closing.set()
        for process in tuple(_running):
            process.kill()


def apart(work: Callable[P, T], seconds: float, /, *arguments: P.args, **named: P.kwargs) -> T:
    """What some work gives, done by a new process; what it raises is raised here. `Stopped` where it comes to no end.

    The work is a function of a module, and what goes in and out can be pickled.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_done, args=(theirs, work, arguments, named), daemon=True)
    process.start()
    _running.add(process)
    theirs.close()
    try:
        if _closing.is_set() or not ours.poll(seconds):
            raise Stopped
        result, error = ours.recv()
    except (EOFError, Stopped):
        raise (Closing if _closing.is_set() else Stopped) from None
    finally:
        process.kill()
        process.join()
        _running.discard(process)
        ours.close()
    if error is not None:
        raise error
    value: T = result
    return value


def _done(
    back: Connection, work: Callable[..., object], arguments: tuple[object, ...], named: dict[str, object]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server is told at the same terminal, and stops us
    with suppress(AttributeError, OSError):  # Windows
        os.nice(10)
    settings = next((each for each in arguments if isinstance(each, Settings)), None)
    if settings is not None:
        from bot.logs import set_up

        set_up(settings)
    try:
        back.send((work(*arguments, **named), None))
    except Exception as error:
        back.send((None, error))
