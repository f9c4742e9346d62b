"""Print the oldest versions that pyproject.toml allows, as constraints for pip: `make test-lowest` installs them.

torch stays at the tested version: it is not named in pyproject.toml, and its old builds bring gigabytes of CUDA.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


def lowest() -> list[str]:
    """A line "name==version" for each dependency; ValueError for one without a lower bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project.get("optional-dependencies", {}).values()
    requirements = [Requirement(line) for lines in (project["dependencies"], *extras) for line in lines]
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return sorted({constraint(requirement) for requirement in requirements}) + [
        line for line in pinned if line.startswith("torch==")
    ]


def constraint(requirement: Requirement) -> str:
    """The requirement at its lower bound."""
    for bound in requirement.specifier:
        if bound.operator == ">=":
            return f"{requirement.name}=={bound.version}"
    raise ValueError(f"{requirement} has no lower bound")


if __name__ == "__main__":
    sys.stdout.write("\n".join(lowest()) + "\n")
