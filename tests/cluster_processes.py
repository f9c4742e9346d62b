"""A scheduler and workers on this machine, each a process that the tests start and end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(__file__).parent
START_SECONDS = 60.0


@dataclass
class Cluster:
    """The processes, and where the scheduler listens."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    others: list[subprocess.Popen[bytes]] = field(default_factory=list)
    started: int = 0

    @property
    def _file(self) -> Path:
        return self.folder / "scheduler.json"

    @property
    def address(self) -> str:
        """The scheduler's address, once it listens."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self._file.exists() and (text := self._file.read_text("utf-8")).endswith("}"):
                return str(json.loads(text)["address"])
            time.sleep(0.05)
        raise AssertionError("the scheduler does not start")

    def start(self) -> None:
        """Start the scheduler."""
        self.others.append(
            self._process("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self._file))
        )

    def ensure(self, count: int) -> None:
        """Have so many workers: start those that are missing, kill those too many."""
        self.workers = {name: process for name, process in self.workers.items() if process.poll() is None}
        while len(self.workers) > count:
            self.kill(next(iter(self.workers)))
        while len(self.workers) < count:
            self.add(f"arbeiter-{self.started}")

    def add(self, name: str, path: str = "", **settings: str) -> None:
        """Start a worker; `path` goes before what it imports from."""
        self.started += 1
        self.workers[name] = self._process(
            *("worker", self.address, "--name", name, "--nthreads", "1", "--no-nanny"),
            *("--local-directory", str(self.folder / name)),
            path=path,
            **settings,
        )

    def kill(self, name: str) -> None:
        """End a worker as a power cut does."""
        process = self.workers.pop(name)
        process.kill()
        process.wait()

    def close(self) -> None:
        """End every process that was started here."""
        for process in (*self.workers.values(), *self.others):
            process.kill()
            process.wait()

    def _process(self, *arguments: str, path: str = "", **settings: str) -> subprocess.Popen[bytes]:
        search = os.pathsep.join(filter(None, (path, str(TESTS), os.environ.get("PYTHONPATH"))))
        with (self.folder / f"{arguments[0]}-{self.started}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": search, "OMP_NUM_THREADS": "1", **self.settings, **settings},
            )
