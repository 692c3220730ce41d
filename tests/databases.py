"""A PostgreSQL server of our own, for tests that need the real thing: reached by a socket in its folder alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text


class PostgreSQL:
    """A server over a new folder; it can be stopped and started again, and makes databases."""

    def __init__(self) -> None:
        pytest.importorskip("psycopg", reason="psycopg (the driver of PostgreSQL) is not installed")
        debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))  # kept from the path there
        binary = shutil.which("pg_ctl") or (str(debian[-1]) if debian else None)
        if binary is None:
            pytest.skip("pg_ctl (PostgreSQL) is not installed")
        # Not in pytest's own folder, which another pytest closes to others; and a socket's path has to be short.
        folder = self.folder = Path(tempfile.mkdtemp(prefix="plansvar-postgresql-"))
        root = os.getuid() == 0  # it refuses to be run by root
        self._command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if root else []
        self._command += [binary, "-D", str(folder / "data"), "-s"]
        if root:
            shutil.chown(folder, "postgres")
        self._run("initdb", "-o", "-A trust -U plansvar --no-sync -E UTF8 --locale=C.UTF-8")
        self.start()

    def start(self) -> None:
        """Start, and wait until it can be reached."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        self._run("start", "-w", "-l", str(self.folder / "log"), "-o", options)

    def stop(self) -> None:
        """Stop at once, as a machine does that loses its power."""
        self._run("stop", "-m", "immediate")

    def close(self) -> None:
        """Stop, and leave nothing."""
        with suppress(subprocess.CalledProcessError):  # a test may have stopped it
            self.stop()
        shutil.rmtree(self.folder)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://plansvar@/{database}?host={self.folder}"

    def database(self) -> str:
        """The URL of a new database."""
        name = f"p{uuid.uuid4().hex}"
        server = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        server.dispose()
        return self.url(name)

    def _run(self, *arguments: str) -> None:
        command = [*self._command, *arguments]
        subprocess.run(command, check=True, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
