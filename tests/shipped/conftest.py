"""The distributions as they are shipped, and an environment that holds the wheel and what it asks for, and no more."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributions import ROOT, Distributions, Installed


@pytest.fixture(scope="session")
def built() -> Iterator[Distributions]:
    """The source distribution, and the wheel that is built from it."""
    with tempfile.TemporaryDirectory(prefix="newsclust-dist-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "build", "--outdir", folder, str(ROOT)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        (wheel,), (sdist,) = Path(folder).glob("*.whl"), Path(folder).glob("*.tar.gz")
        yield Distributions(wheel, sdist)


@pytest.fixture(scope="session")
def installed(built: Distributions) -> Iterator[Installed]:
    """The wheel in a clean environment, with its dependencies at the tested versions. It is large, and goes again."""
    with tempfile.TemporaryDirectory(prefix="newsclust-shipped-") as folder:
        environment, workplace = Path(folder) / "environment", Path(folder) / "anderswo"
        venv.create(environment, with_pip=True)
        # Without byte code: compiling all of torch takes longer than installing it.
        command = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-compile"]
        command += ["--constraint", str(ROOT / "constraints.txt"), str(built.wheel)]
        subprocess.run(command, check=True)
        (workplace / "home").mkdir(parents=True)
        shutil.copytree(ROOT / "data", workplace / "data")
        yield Installed(environment, workplace)
