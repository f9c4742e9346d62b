"""What `newsclust doctor` found, as a text for people and bug reports, and as JSON, schema `newsclust-doctor/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclust.doctor.diagnose import Diagnosis, Fact
from newsclust.text.display import printable
from newsclust.text.json_text import json_document

if TYPE_CHECKING:
    from rich.console import Console

SCHEMA_NAME = "newsclust-doctor/1"


def diagnosis_to_json(diagnosis: Diagnosis) -> str:
    """Return {"schema", "ok", "problems", "notes", "sections": {name: {fact: value}}}."""
    document = {
        "schema": SCHEMA_NAME,
        "ok": not diagnosis.problems,
        "problems": diagnosis.problems,
        "notes": diagnosis.notes,
        "sections": {section.name: dict(section.facts) for section in diagnosis.sections},
    }
    return json_document(document)


def print_diagnosis(diagnosis: Diagnosis, console: Console) -> None:
    """Print every fact, section by section, then what is wrong; lines are never cut or wrapped."""
    from rich.text import Text

    width = max((len(name) for section in diagnosis.sections for name in section.facts), default=0)
    for section in diagnosis.sections:
        console.print(Text(section.name, style="bold"))
        if not section.facts:
            console.print(Text("  none", style="dim"))
        for name, value in section.facts.items():
            line = f"  {printable(name):<{width}}  {_in_words(value)}"
            console.print(Text(line, style="dim" if value is None else ""), soft_wrap=True)
        console.print()
    for kind, lines, style in (("problem", diagnosis.problems, "bold red"), ("note", diagnosis.notes, "yellow")):
        for line in lines:
            console.print(Text.assemble((f"{kind}: ", style), printable(line)), soft_wrap=True)
    if not diagnosis.problems:
        console.print(Text("Nothing that newsclust needs is missing.", style="green"))


def _in_words(value: Fact) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case _:
            return printable(str(value))
