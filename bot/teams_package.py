"""The Teams app: what an administrator uploads so that people find Plansvar in Teams, a manifest and two icons."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile

from bot.commands import NAMES, Name
from bot.phrases import say
from bot.settings import Settings, required
from retrieval.language.swedish import Language

_VERSION = "1.19"
_SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{_VERSION}/MicrosoftTeams.schema.json"
_COLOUR = (0x1F, 0x5A, 0x8A, 0xFF)
_WHITE, _CLEAR = (0xFF, 0xFF, 0xFF, 0xFF), (0, 0, 0, 0)
_COMMANDS: tuple[Name, ...] = ("start", "deadlines", "sources", "plan", "help")

Pixel = tuple[int, int, int, int]


def write_package(file: Path, settings: Settings) -> None:
    """Write the app for the settings into a ZIP file; `MissingSetting` names what it needs."""
    required(settings, "Teams", "teams_client_id", "public_url")
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        package.writestr("manifest.json", json.dumps(manifest(settings), ensure_ascii=False, indent=2))
        package.writestr("color.png", _icon(192, 96, _COLOUR))
        package.writestr("outline.png", _icon(32, 32, _CLEAR))


def manifest(settings: Settings) -> dict[str, Any]:
    """What Teams is told of the app: who it is, where it may be added, and the commands it suggests."""
    language: Language = settings.language or "sv"
    address = (settings.public_url or "").rstrip("/")
    scopes = ["personal", "team", "groupChat"]
    commands = [
        {"title": NAMES[name][language][0], "description": say(f"command_{name}", language)} for name in _COMMANDS
    ]
    return {
        "$schema": _SCHEMA,
        "manifestVersion": _VERSION,
        "version": version("plansvar"),
        "id": settings.teams_client_id,
        "developer": {
            "name": "Plansvar",
            "websiteUrl": address,
            "privacyUrl": address,
            "termsOfUseUrl": address,
        },
        "name": {"short": "Plansvar", "full": say("app_full", language)},
        "description": {"short": say("app_short", language), "full": say("app_long", language)},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#" + "".join(f"{part:02X}" for part in _COLOUR[:3]),
        "bots": [
            {
                "botId": settings.teams_client_id,
                "scopes": scopes,
                "supportsFiles": False,
                "isNotificationOnly": False,
                "commandLists": [{"scopes": scopes, "commands": commands}],
            }
        ],
        "validDomains": [urlsplit(address).netloc],
    }


def _icon(size: int, inner: int, ground: Pixel) -> bytes:
    """A page with three lines of text, white, in the middle of a square."""
    start = (size - inner) // 2

    def at(x: int, y: int) -> Pixel:
        # The drawing is one of 16 by 16 fields, as large as `inner`.
        column, row = ((place - start) * 16 // inner for place in (x, y))
        edge = 2 <= column <= 13 and 1 <= row <= 14 and (column in (2, 13) or row in (1, 14))
        line = 5 <= column <= (10 if row < 9 else 8) and row in (4, 7, 10)
        return _WHITE if edge or line else ground

    return _png(size, at)


def _png(size: int, at: Callable[[int, int], Pixel]) -> bytes:
    rows = b"".join(b"\0" + b"".join(bytes(at(x, y)) for x in range(size)) for y in range(size))
    header = struct.pack(">2I5B", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
