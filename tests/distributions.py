"""The two files of a build, and an environment in which the wheel is installed."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Distributions:
    """The two files of a build."""

    wheel: Path
    sdist: Path


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment of its own, and a folder far from the source to work in."""

    environment: Path
    workplace: Path

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the environment's Python."""
        return self._run(str(self.environment / "bin" / "python"), *arguments)

    def newsclust(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command as it was installed."""
        return self._run(str(self.environment / "bin" / "newsclust"), *arguments)

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        # Nothing of the environment that the tests run in: no PYTHONPATH, no variable of newsclust.
        kept = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(self.workplace / "home")}
        return subprocess.run(command, cwd=self.workplace, env=kept, capture_output=True, text=True, check=False)
