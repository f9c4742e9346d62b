"""What is said on stderr: problems, progress, and what was done in how long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from newsclust.articles import Article, Skipped
from newsclust.execution.progress import SILENT, Advance, Progress
from newsclust.rendering.reasons import TAKEN_OUT
from newsclust.stories import ClusterResult
from newsclust.text.display import count_of, harmless, printable

if TYPE_CHECKING:
    import rich.progress


def say(line: str) -> None:
    """Print one line on stderr with nothing in it that steers a terminal."""
    say_lines(printable(line) + "\n")


def say_lines(text: str) -> None:
    """Print lines on stderr as they are laid out, with nothing in them that steers a terminal."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(harmless(text))
            sys.stderr.flush()
    except (OSError, ValueError):
        pass  # a stderr that nobody reads is no reason to fail


def say_skipped(skipped: Iterable[Skipped]) -> None:
    """Name each input that was skipped, a line each."""
    for entry in skipped:
        say(f"skipped {entry.where}: {entry.reason}")


def say_notes(notes: Iterable[Skipped]) -> None:
    """Say what is worth knowing about input that was kept, or left out on purpose, a line each."""
    for note in notes:
        say(f"note {note.where}: {note.reason}")


def say_titles_alone(read: Iterable[Article], grouped: Iterable[Article]) -> None:
    """Say how many articles came with a text of which cleaning left nothing, and name the first of them."""
    texts = {article.id for article in read if article.text}
    bare = [article.id for article in grouped if not article.text and article.id in texts]
    if bare:
        are = "article is compared by its title" if len(bare) == 1 else "articles are compared by their titles"
        say(f"note {min(bare)}: {len(bare)} {are}: what stands for a text says nothing of its own; --verbose shows it")


def say_removed(articles: Iterable[Article]) -> None:
    """Name each line and passage that cleaning took out, a line each."""
    for article in articles:
        for passage in article.boilerplate:
            say(f"removed from {article.id} {TAKEN_OUT[passage.reason]}: {passage.text}")


def summary(result: ClusterResult, seconds: float) -> str:
    """Return what was done in how long: "2 stories from 9 articles in 3 languages, 1 unclustered, in 1.2 s"."""
    stories = count_of(len(result.stories), "story", "stories")
    articles = count_of(len(result.articles), "article", "articles")
    languages = count_of(len(result.languages), "language", "languages")
    parts = [f"{stories} from {articles} in {languages}"]
    parts += [f"{len(result.unclustered)} unclustered"] if result.unclustered else []
    parts += [f"{len(result.skipped)} skipped"] if result.skipped else []
    return f"{', '.join(parts)}, in {seconds:.1f} s"


@contextmanager
def progress_on_stderr(*, quiet: bool) -> Iterator[Progress]:
    """Give a progress that draws bars where stderr is a terminal, and one that is silent elsewhere or when `quiet`."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield SILENT
        return
    from rich.console import Console
    from rich.progress import BarColumn, ProgressColumn, SpinnerColumn, Task, TextColumn
    from rich.progress import Progress as RichProgress
    from rich.text import Text

    class Pace(ProgressColumn):
        """How far a stage is, how fast, and how long it will take."""

        def render(self, task: Task) -> Text:
            return Text(pace(task.completed, task.total, task.speed, task.time_remaining, task.elapsed))

    # transient: the bars go when the work is done, and the result stands alone.
    bars = RichProgress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        Pace(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
    )
    with bars:
        yield _Bars(bars)


def pace(done: float, total: float | None, speed: float | None, left: float | None, elapsed: float | None) -> str:
    """Return "512 of 2,000 · 68/s · 0:22 left", as far as it is known; the time so far where there is no total.

    `speed` in items per second, `left` and `elapsed` in seconds.
    """
    if total is None:
        return _clock(elapsed or 0.0)
    parts = [f"{done:,.0f} of {total:,.0f}"]
    if speed:
        parts.append(f"{speed:,.0f}/s" if speed >= 10 else f"{speed:.1f}/s")
    if left is not None and done < total:
        parts.append(f"{_clock(left)} left")
    return " · ".join(parts)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


@contextmanager
def out_of_total(name: str, progress: Progress) -> Iterator[Callable[[int, int], None]]:
    """Give a callback for a stage that says "this much of that much", and learns the total only while it runs."""
    with ExitStack() as stages:
        advance: Advance | None = None
        before = 0

        def report(done: int, total: int) -> None:
            nonlocal advance, before
            if advance is None:
                advance = stages.enter_context(progress.stage(name, total))
            advance(done - before)
            before = done

        yield report


class _Bars:
    """A bar a stage, in a terminal."""

    def __init__(self, bars: rich.progress.Progress) -> None:
        self._bars = bars

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Show a bar for the stage as long as it is open."""
        task = self._bars.add_task(printable(name), total=total)
        try:
            yield lambda items: self._bars.advance(task, items)
        finally:
            self._bars.remove_task(task)
