"""Who may post to the Teams endpoint: Microsoft's bot service, for this app, from Teams, about the tenant set."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jwt
from microsoft_teams.api.auth.cloud_environment import CloudEnvironment
from microsoft_teams.apps.auth import TokenValidator

log = logging.getLogger("plansvar")


class NotLetIn(Exception):
    """A request that goes no further: the status it gets, and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Door:
    """Lets activities in that are ours, for one app (`client`) of one tenant."""

    def __init__(self, client: str, tenant: str, cloud: CloudEnvironment) -> None:
        self.tenant = tenant.lower()
        # Of Microsoft's own tokens only the bot service's: those name the address that we answer to.
        self.validator = TokenValidator.for_service(client, cloud=cloud)
        # Keys are fetched where the validator stands and waits. In threads of its own, a slow answer, or tokens made up
        # to provoke such questions, hold up nothing else.
        self.threads = ThreadPoolExecutor(2, "plansvar-teams")

    async def check(self, authorization: str, body: Mapping[str, Any]) -> str:
        """The token of a request that may come in; `NotLetIn` for any other."""
        token, service = authorization.removeprefix("Bearer "), body.get("serviceUrl")
        if not isinstance(service, str) or not service:  # else it would not be compared with the token's
            raise NotLetIn(401, "no service address")
        try:
            await asyncio.get_running_loop().run_in_executor(self.threads, self._validate, token, service)
        except jwt.PyJWKClientConnectionError as error:
            log.error("Microsoft's keys could not be fetched")
            raise NotLetIn(503, "try again") from error
        except (jwt.PyJWTError, ValueError) as error:
            raise NotLetIn(401, "not signed by Microsoft for this app") from error
        # The bot service has the same tokens for other channels, where anybody may write any tenant.
        if body.get("channelId") != "msteams" or _tenants(body) != {self.tenant}:
            raise NotLetIn(403, "not from the tenant that this app is for")
        return token

    def _validate(self, token: str, service: str) -> None:
        asyncio.run(self.validator.validate_token(token, service))


def _tenants(body: Mapping[str, Any]) -> set[str]:
    """All tenants that an activity names: of its conversation, of who wrote it, and of Teams."""
    places = (("conversation", "tenantId"), ("from", "tenantId"), ("channelData", "tenant", "id"))
    found = set()
    for place in places:
        value: Any = body
        for name in place:
            value = value.get(name) if isinstance(value, Mapping) else None
        if value:
            found.add(str(value).lower())
    return found
