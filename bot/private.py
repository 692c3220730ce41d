"""Nothing leaves the machine that the settings don't send: tracing and telemetry of the libraries are off."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

_TRACERS = ("LANGSMITH_", "LANGCHAIN_", "OTEL_", "CHROMA_OTEL_")
_OFF = {
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "OTEL_SDK_DISABLED": "true",
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "PYTHON_DOTENV_DISABLED": "1",  # the Teams SDK would take settings from a .env file of the folder we start in
}


def keep_private(environment: MutableMapping[str, str] = os.environ) -> None:
    """Turn tracing and telemetry off, whatever the environment says. Called before LangChain or Chroma is imported."""
    for name in [name for name in environment if name.upper().startswith(_TRACERS)]:
        del environment[name]
    environment.update(_OFF)
