"""`python -m server.worker NICENESS LEVEL`: a worker process; only the server starts it. It keeps its stdout clean."""

import logging
import os
import signal
import sys


def main(niceness: str, level: str) -> None:
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints into the log and not among the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; it lets the worker go
    os.nice(int(niceness))
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    from server.worker.child import serve  # numpy and the rest load after the pipe is safe from their prints

    serve(sys.stdin.buffer, pipe)


if __name__ == "__main__":
    main(*sys.argv[1:])
