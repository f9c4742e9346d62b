"""The start of the command `newsclust`, which is also `python -m newsclust`."""

import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line; Ctrl-C ends the process quietly from the first moment on."""
    # Nothing is begun yet, so there is nothing to clean up. An interrupted import would show its traceback.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from newsclust.cli import main

    main()


if __name__ == "__main__":
    main()
