"""Write docs/cli.md and the man page docs/newsclust.1 from the commands' own help: `make docs`.

Both are kept in the repository: a reader needs no build, and `tests/test_docs.py` says when they no longer fit.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from newsclust.cli import EXIT_CODES, newsclust

HERE = Path(__file__).parent
WIDTH = 100
"""Columns of the help as it is printed in docs/cli.md."""
NOT_OPTIONS = {
    "NEWSCLUST_CACHE": "the folder for the built-in model, vectors and results, instead of the user's cache folder",
    "NO_COLOR": "when set: no colour on a terminal",
}
"""Variables that stand for no option."""
FILES = {
    "./newsclust.toml": "defaults for the options, where there is no --config",
    "~/.config/newsclust/config.toml": "the same, where there is no ./newsclust.toml (on Linux)",
    "~/.cache/newsclust": "the built-in model, vectors and results (on Linux); may be deleted at any time",
}


@dataclass(frozen=True, slots=True)
class Command:
    """A command with the context that its help needs, and its name as it is typed."""

    name: str
    command: click.Command
    context: click.Context

    @property
    def options(self) -> list[click.Option]:
        """Its options in the order of its help, without -h."""
        return [param for param in self.command.params if isinstance(param, click.Option)]

    @property
    def variables(self) -> list[str]:
        """The variables that set its options, by name."""
        given = [option.envvar or () for option in self.options]
        return sorted({name for names in given for name in ([names] if isinstance(names, str) else names)})


def main() -> None:
    """Write both files."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}: {len(text.splitlines())} lines\n")


def pages() -> dict[Path, str]:
    """What each generated file must hold."""
    return {HERE / "cli.md": reference(), HERE / "newsclust.1": man_page()}


def commands() -> Iterator[Command]:
    """The group, then each of its commands."""
    root = _context(newsclust, "newsclust", None)
    yield Command("newsclust", newsclust, root)
    for name in newsclust.list_commands(root):
        command = newsclust.get_command(root, name)
        assert command is not None  # noqa: S101
        yield Command(f"newsclust {name}", command, _context(command, name, root))


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    width = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    return click.Context(command, info_name=name, parent=parent, **{**command.context_settings, **width})


def reference() -> str:
    """Every command's help as it is printed, in Markdown."""
    parts = [
        "# Command line\n",
        "<!-- Written by `make docs` from the commands' own help: change that, not this file. -->\n",
        "What `newsclust -h` and `newsclust COMMAND -h` print. The same is the man page `newsclust(1)`.\n",
    ]
    for command in commands():
        parts.append(f"## {command.name}\n\n```text\n{command.command.get_help(command.context)}\n```\n")
        if command.variables:
            parts.append(f"Variables: {', '.join(f'`{name}`' for name in command.variables)}.\n")
    parts.append("## Exit codes\n\n| code | meaning |\n|---|---|")
    parts[-1] += "".join(f"\n| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()) + "\n"
    return "\n".join(parts)


def man_page() -> str:
    """Every command's help as a page for man, in the macros that groff and mandoc both know."""
    first, *rest = commands()
    lines = ['.TH NEWSCLUST 1 "" "newsclust" "User Commands"', ".SH NAME"]
    lines += [
        rf"newsclust \- {_roff(_summary(first))}",
        ".SH SYNOPSIS",
        ".B newsclust",
        r"\fICOMMAND\fR [\fIOPTIONS\fR]",
    ]
    lines += [".SH DESCRIPTION", *_described(first.command.help or "")]
    lines += [".SH COMMANDS", *(line for command in rest for line in _section(command))]
    named = sorted({name for command in rest for name in command.variables})
    lines += [".SH ENVIRONMENT", *_described(_note(rest)), ".PP", _roff(", ".join(named) + ".")]
    lines += [line for name, meaning in NOT_OPTIONS.items() for line in _tagged(rf"\fB{_roff(name)}\fR", meaning)]
    lines += [".SH FILES", *(line for name, what in FILES.items() for line in _tagged(rf"\fI{_roff(name)}\fR", what))]
    lines += [".SH EXIT STATUS"]
    lines += [line for code, meaning in EXIT_CODES.items() for line in _tagged(rf"\fB{code}\fR", meaning)]
    lines += [".SH COMPLETION", *_described(first.command.epilog or "")]
    return "\n".join(lines) + "\n"


def _section(command: Command) -> list[str]:
    usage = " ".join(command.command.collect_usage_pieces(command.context))
    lines = [f'.SS "{_roff(command.name)} {_roff(usage)}"', *_described(command.command.help or "")]
    for option in command.options:
        record = option.get_help_record(command.context)
        if record:
            lines += _tagged(rf"\fB{_roff(record[0])}\fR", record[1])
    return lines


def _described(text: str) -> list[str]:
    """Help as click has it: paragraphs, and blocks that keep their lines behind a backspace."""
    lines: list[str] = []
    for block in re.split(r"\n\s*\n", _unindented(text)):
        kept = block.startswith("\b")
        lines += [".PP"] if lines else []
        lines += [".nf", *map(_roff, block.splitlines()[1:]), ".fi"] if kept else map(_roff, block.splitlines())
    return lines


def _tagged(tag: str, text: str) -> list[str]:
    return [".TP", tag, _roff(text)]


def _roff(text: str) -> str:
    """Text that roff prints as it is: no escape, no request at the start of a line, hyphens that can be copied."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _unindented(text: str) -> str:
    return inspect.cleandoc(text)


def _summary(command: Command) -> str:
    return _unindented(command.command.help or "").splitlines()[0].rstrip(".")


def _note(commands: list[Command]) -> str:
    """What stands below the options of most commands."""
    return next(command.command.epilog for command in commands if command.command.epilog) or ""


if __name__ == "__main__":
    main()
