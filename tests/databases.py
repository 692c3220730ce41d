"""A PostgreSQL server of our own, for tests that need the real thing: reached by a socket in its folder alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text


class PostgreSQL:
    """A server over an empty folder; it can be stopped and started again, and makes databases."""

    def __init__(self, folder: Path) -> None:
        pytest.importorskip("psycopg", reason="psycopg (the driver of PostgreSQL) is not installed")
        debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))  # kept from the path there
        binary = shutil.which("pg_ctl") or (str(debian[-1]) if debian else None)
        if binary is None:
            pytest.skip("pg_ctl (PostgreSQL) is not installed")
        # It refuses to be run by root.
        root = os.getuid() == 0
        self._command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if root else []
        self._command += [binary, "-D", str(folder / "data"), "-s"]
        self.folder = folder
        if root:
            for each in [folder, *folder.parents][:4]:
                each.chmod(0o755)
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
