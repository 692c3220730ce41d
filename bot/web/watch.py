"""What a load balancer and Prometheus ask: does the process live, is it ready, what has it done."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from bot import health
from bot.metrics import CONTENT_TYPE, Metrics
from bot.web.access import Access, NotLetIn

router = APIRouter(include_in_schema=False)


@router.get("/health")
async def live(request: Request) -> dict[str, str]:
    """That the process lives, and how each part is."""
    parts = await request.app.state.health.parts()
    return {"status": "ok", **parts}


@router.get("/ready")
async def ready(request: Request) -> Response:
    """Whether questions can be answered, part by part."""
    parts = await request.app.state.health.parts()
    return JSONResponse({"status": health.status(parts), **parts}, 200 if health.ready(parts) else 503)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """The metrics, for whoever may read them."""
    access: Access = request.app.state.access
    counted: Metrics = request.app.state.metrics
    if not await access.may_watch(request):
        raise NotLetIn
    return Response(await asyncio.to_thread(counted.page), headers={"Content-Type": CONTENT_TYPE})
