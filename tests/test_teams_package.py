"""The Teams app that the command writes."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import Command

CLIENT = "11111111-2222-3333-4444-555555555555"


def test_writes_an_app_that_keeps_the_limits(
    plansvar: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package has a manifest within Microsoft's lengths and the two icons in the sizes it asks for."""
    monkeypatch.setenv("PLANSVAR_TEAMS_CLIENT_ID", CLIENT)
    monkeypatch.setenv("PLANSVAR_PUBLIC_URL", "https://plansvar.example/")
    file = tmp_path / "plansvar.zip"
    assert plansvar("teams-package", file).code == 0
    with ZipFile(file) as package:
        assert sorted(package.namelist()) == ["color.png", "manifest.json", "outline.png"]
        manifest = json.loads(package.read("manifest.json"))
        for name, size in {"color.png": 192, "outline.png": 32}.items():
            icon = package.read(name)
            assert icon.startswith(b"\x89PNG")
            assert struct.unpack(">2I", icon[16:24]) == (size, size)
    [bot] = manifest["bots"]
    assert manifest["id"] == bot["botId"] == CLIENT
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert manifest["validDomains"] == ["plansvar.example"]
    assert len(manifest["name"]["short"]) <= 30
    assert len(manifest["name"]["full"]) <= 100
    assert len(manifest["description"]["short"]) <= 80
    assert len(manifest["description"]["full"]) <= 4000
    [commands] = bot["commandLists"]
    assert len(commands["commands"]) <= 10
    for command in commands["commands"]:
        assert len(command["title"]) <= 32
        assert len(command["description"]) <= 128


def test_names_what_is_not_set(plansvar: Command, tmp_path: Path) -> None:
    """Without the settings there is no package, and one line says which they are."""
    ran = plansvar("teams-package", tmp_path / "plansvar.zip")
    assert ran.code == 2
    assert ran.err == "plansvar: Teams needs PLANSVAR_TEAMS_CLIENT_ID, PLANSVAR_PUBLIC_URL: see docs/teams.md\n"
    assert not list(tmp_path.iterdir())
