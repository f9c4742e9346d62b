"""A process that does chunks for another one on this machine: python -m newsclust.execution.local_worker.

Calls come pickled on standard input, answers go pickled to standard output; it ends when its input does, which is also
when the process that started it is gone. Nobody else can write there.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import BinaryIO

from newsclust.execution.memory import return_what_is_freed
from newsclust.execution.threads import limit_threads


def serve(calls: BinaryIO, answers: BinaryIO) -> None:
    """Answer each call (function, chunk) with (True, what it gives) or (False, the exception that it raised)."""
    while True:
        try:
            function, chunk = pickle.load(calls)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        try:
            answer = True, function(chunk)
        except Exception as error:
            answer = False, error
        answers.write(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
        answers.flush()


def main() -> None:
    """Serve on this process's standard input and output, on one thread."""
    limit_threads(1)  # one worker a core; and the threads of a product would move its last bits
    return_what_is_freed()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand between answers
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
