"""The plans of an index, ready to be asked: what is known of each, and the search of those asked lately.

Both are the same for everybody who asks, so one library serves every thread of a process.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Lock

from sqlalchemy import func, select

from retrieval.store import schema
from retrieval.store.index import Index, UnknownDocument
from retrieval.store.known import Known, named_alike
from retrieval.store.search import Searchable

ROOM = 60_000  # entries kept ready: an 88-page plan has 1,600 and takes 16 MB with them
FRESH = 1.0  # seconds that the list of plans is taken to be as it was


class IndexLibrary:
    """The plans of an index. Safe to share between threads.

    `room` is how many entries are kept ready, over all plans: those asked longest ago go first, the last one asked
    stays however large it is. `fresh` is how many seconds may pass until a plan stored meanwhile is seen.
    """

    def __init__(
        self, index: Index, room: int = ROOM, fresh: float = FRESH, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.index, self.room, self.fresh, self._clock = index, room, fresh, clock
        self.loaded = 0  # plans made ready so far
        self._lock = Lock()
        self._known: tuple[Known, ...] = ()
        self._version: tuple[int, int] | None = None
        self._checked = 0.0
        self._ready: OrderedDict[int, Future[Searchable]] = OrderedDict()

    def known(self) -> Sequence[Known]:
        """What is stored, by name."""
        with self._lock:
            now = self._clock()
            if self._version is None or now - self._checked >= self.fresh:
                self._look()
                self._checked = now
            return self._known

    def searchable(self, document: int) -> Searchable:
        """The search of a document, made ready if it isn't; `UnknownDocument` where it is stored no longer.

        Threads that ask for the same document wait for one of them to make it ready.
        """
        with self._lock:
            waited = self._ready.get(document)
            if waited is None:
                mine = self._ready[document] = Future()
            else:
                self._ready.move_to_end(document)
        if waited is not None:
            return waited.result()
        try:
            searchable = Searchable(self.index.plan(document))
        except BaseException as error:
            with self._lock:
                self._ready.pop(document, None)
                if isinstance(error, UnknownDocument):
                    self._version = None  # the list that named it is out of date
            mine.set_exception(error)
            raise
        mine.set_result(searchable)
        with self._lock:
            self.loaded += 1
            self._make_room()
        return searchable

    def _look(self) -> None:
        """Read the list of documents again if it changed.

        A document's id is new each time it is stored: the highest one and their count tell every change.
        """
        ids = schema.documents.c.id
        with self.index.read() as connection:
            count, highest = connection.execute(select(func.count(), func.max(ids)).select_from(schema.documents)).one()
        version = (count, highest or 0)
        if version == self._version:
            return
        self._known = tuple(named_alike([Known(d.id, d.name, d.description) for d in self.index.documents()]))
        self._version = version
        stored = {known.id for known in self._known}
        for gone in [id_ for id_, ready in self._ready.items() if id_ not in stored and ready.done()]:
            del self._ready[gone]

    def _make_room(self) -> None:
        sizes = {id_: len(ready.result().entries) for id_, ready in self._ready.items() if ready.done()}
        total = sum(sizes.values())
        for id_ in list(sizes)[:-1]:
            if total <= self.room:
                break
            total -= sizes[id_]
            del self._ready[id_]
