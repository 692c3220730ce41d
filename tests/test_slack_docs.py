"""What is written of Slack is so: the manifest has what the code uses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "slack.md").read_text(encoding="utf-8")
CODE = (DOCS.parent / "bot" / "slack.py").read_text(encoding="utf-8")
MANIFEST: dict[str, Any] = yaml.safe_load((DOCS / "slack-manifest.yaml").read_text(encoding="utf-8"))  # type: ignore[no-untyped-call]

# The scope that Slack's reference names for each method and event.
SCOPES = {
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "assistant_threads_setStatus": "assistant:write",
    "assistant_threads_setSuggestedPrompts": "assistant:write",
    "users_info": "users:read",
    "files_upload_v2": "files:write",
    "conversations_open": "im:write",
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
}


def test_manifest_asks_for_what_is_used_and_nothing_else() -> None:
    """Every scope is one that a call or an event needs, and the page tells what it is for."""
    scopes = MANIFEST["oauth_config"]["scopes"]["bot"]
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    members = (DOCS.parent / "bot" / "slack_members.py").read_text(encoding="utf-8")
    called = [name for name in SCOPES if f".{name}(" in CODE + members or f".{name}," in CODE]
    assert set(scopes) == {SCOPES[name] for name in (*called, *events) if name in SCOPES} | {"commands"}
    assert all(f"`{scope}`" in PAGE for scope in scopes)
    assert set(events) - SCOPES.keys() == {"app_home_opened"}


def test_manifest_has_the_agent_view() -> None:
    """A new app gets the agent's own tab to write in, and the command."""
    features = MANIFEST["features"]
    assert "assistant_view" not in features
    assert features["agent_view"]["agent_description"]
    assert features["app_home"]["messages_tab_enabled"]
    assert not features["app_home"]["messages_tab_read_only_enabled"]
    assert [each["command"] for each in features["slash_commands"]] == ["/plan"]
    assert MANIFEST["settings"]["socket_mode_enabled"]
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]


@pytest.mark.parametrize(
    ("text", "most"),
    [
        (MANIFEST["display_information"]["name"], 35),
        (MANIFEST["display_information"]["description"], 140),
        (MANIFEST["features"]["agent_view"]["agent_description"], 300),
        (MANIFEST["features"]["slash_commands"][0]["description"], 2000),
        (MANIFEST["features"]["slash_commands"][0]["usage_hint"], 1000),
    ],
)
def test_manifest_keeps_to_slacks_limits(text: str, most: int) -> None:
    """No text is longer than the manifest's reference allows."""
    assert len(text) <= most
