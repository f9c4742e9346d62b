"""The start of the command `newsclust`, which is also `python -m newsclust`."""

# What signal itself is made from. signal makes enums of it when it is imported: milliseconds for Ctrl-C to fall into.
import _signal  # type: ignore[import-not-found]


def main() -> None:
    """Run the command line; Ctrl-C ends the process quietly from the first moment on."""
    # Nothing is begun yet, so there is nothing to clean up. An interrupted import would show its traceback.
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    try:
        from newsclust.cli import main
    except (MemoryError, ImportError) as error:
        if isinstance(error, ImportError) and "failed to map" not in str(error):
            raise
        raise SystemExit("Error: out of memory: there is not enough to begin; free some, or raise ulimit -v") from None
    main()


if __name__ == "__main__":
    main()
