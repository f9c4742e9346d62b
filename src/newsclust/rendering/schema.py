"""The output contract as a JSON Schema, packaged beside this module."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

SCHEMA_NAME = "newsclust/1"
"""Name and version of the contract, as every JSON output states it."""


def contract_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the JSON output; `#/$defs/story` describes a line of the NDJSON output."""
    text = files("newsclust.rendering").joinpath("newsclust-1.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
