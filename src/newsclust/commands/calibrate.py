"""`newsclust calibrate`: what belongs to a model's vectors, fitted on labelled articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsclust.commands.options import complete_paths, option, quiet_option
from newsclust.commands.output import check_ending, check_writable, deliver
from newsclust.commands.stderr import progress_on_stderr, say
from newsclust.settings import DEFAULTS, Effort, Settings

if TYPE_CHECKING:
    from newsclust.calibrating.fit import Fit
    from newsclust.evaluation.scoring import PairCounts


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("gold", nargs=-1, required=True, shell_complete=complete_paths)
@option("--model", default=DEFAULTS.model, show_default=True, metavar="NAME|FOLDER", help="The model to calibrate.")
@option(
    "--effort",
    type=click.Choice([effort.value for effort in Effort]),
    default=DEFAULTS.effort.value,
    show_default=True,
    help="How much of an article the model reads; group with the same. With fast no model reads.",
)
@click.option("--output", "-o", metavar="FILE", required=True, help="Write the profile to FILE, whole or not at all.")
@option("--threads", type=click.IntRange(min=1), metavar="N", help="Use at most N threads. [default: all cores]")
@quiet_option
def calibrate(gold: tuple[str, ...], model: str, effort: str, output: str, threads: int | None, quiet: bool) -> None:
    """Fit the profile of a model on labelled articles, and say what it reaches.

    GOLD files are those of newsclust eval, with their texts. Language means, a whitening and the coefficients of the
    score are fitted; a third of the stories after the other is held out to measure what that reaches. Some hundred
    stories of two articles and more, in the languages to be grouped, are a good start.

    \b
    Example:
      newsclust calibrate gold.jsonl.gz --model models/mine -o mine.json
      newsclust group articles/ --model models/mine --profile mine.json
    """  # noqa: D301
    check_writable(output)
    check_ending(output, (".json",))
    if threads:
        from newsclust.execution.threads import limit_threads

        limit_threads(threads)
    from newsclust.calibrating.calibrate import calibrate as fit

    with progress_on_stderr(quiet=quiet) as progress:
        fitted, text = fit(gold, Settings(model=model, effort=Effort(effort)), progress=progress, say=say)
    deliver(text, output)
    deliver(_report(fitted), None)


def _report(fit: Fit) -> str:
    """What is reached with the profile and without, a figure a line."""
    both = (fit.reached, fit.without)
    figures = {
        "": ("profile", "without"),
        "B-cubed F1 of events": [f"{reached.bcubed.f1:.3f}" for reached in both],
        "  of two and more": [f"{reached.of_two.f1:.3f}" for reached in both],
        f"{fit.reached.within.gold} pairs within, P / R": [_shares(reached.within) for reached in both],
        f"{fit.reached.across.gold} pairs across, P / R": [_shares(reached.across) for reached in both],
        "calibration error": [f"{reached.error:.3f}" for reached in both],
    }
    lines = [
        f"model                         {min(fit.profile.models, key=len)}",
        f"pairs of one event            {fit.pairs_within} within a language, {fit.pairs_across} across",
        f"held out                      {fit.reached.articles} articles, a third of the stories at a time",
        *(f"{name:29} {with_it:15} {without}" for name, (with_it, without) in figures.items()),
    ]
    lines += [f"too few pairs {name}: there words, names and static vectors decide" for name in fit.by_words]
    return "\n".join([*lines, ""])


def _shares(pairs: PairCounts) -> str:
    measure = pairs.measure
    return f"{measure.precision:.3f} / {measure.recall:.3f}"
