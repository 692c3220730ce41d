"""Which deadlines a page or the API shows: of the plans that "our" means, or of those that are named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from bot.cited import opened
from bot.conversation import Conversation
from bot.deadlines import Deadline, calendar, deadlines
from retrieval.question.scope import Scope, choose

CALENDAR = "text/calendar"


class NoSuchPlan(LookupError):
    """No plan of the organisation that was named; the argument is some of those that have one."""


def due(
    conversation: Conversation, scope: Scope, first: date | None, last: date | None, who: str | None
) -> list[Deadline]:
    """Deadlines by day. Where nothing says whose plan is meant, they are those of every current plan."""
    asker = conversation.asker
    if scope.organisation and (names := asker.unknown(scope.organisation)) is not None:
        raise NoSuchPlan(names)
    known = asker.library.known()
    chosen = choose("", known, asker.within(scope), asker.answerer.today)
    plans = [each for group in chosen.groups for each in group]
    if chosen.open:
        whose = dict.fromkeys(each.description.organisation for each in known)
        each_one = (choose("", known, Scope(name, scope.unit, scope.year), asker.answerer.today) for name in whose)
        plans = list({each.id: each for one in each_one for group in one.groups for each in group}.values())
    return deadlines(opened(asker.library, plans), first, last, who)


def as_calendar(conversation: Conversation, found: Iterable[Deadline]) -> bytes:
    """Deadlines as a calendar file (RFC 5545)."""
    return calendar(found, conversation.settings.public_url, datetime.now(UTC))
