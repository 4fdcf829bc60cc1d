"""What Prefect's worker starts for a flow run: hands itself over to `warm`, or runs the engine where that is away.

Imports nothing of ours or of others: it is to start in a few hundredths of a second.
"""

import json
import os
import signal
import socket
import sys


def main() -> None:
    """`python -I -S warm_client.py SOCKET PYTHON`."""
    where, python = sys.argv[1:3]
    link = socket.socket(socket.AF_UNIX)
    early: list[int] = []
    for which in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(which, lambda number, _: early.append(number))
    try:
        link.connect(where)
        request = json.dumps({"environment": dict(os.environ), "folder": os.getcwd()}).encode() + b"\n"
        sent = socket.send_fds(link, [request[:1000]], [1, 2])
        link.sendall(request[sent:])
    except OSError:  # no warm process, or it is going away: the slow way
        for which in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(which, signal.SIG_DFL)
        os.execv(python, [python, "-m", "prefect.engine"])

    def forward(number: int, _: object) -> None:
        link.send(bytes([number]))

    for which in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(which, forward)
    for number in early:
        forward(number, None)
    answer = b""
    while part := link.recv(64):
        answer += part
    code = int(answer or -9)  # it died with everything it had forked
    if code < 0:  # end as the child ended
        signal.signal(-code, signal.SIG_DFL) if -code not in (signal.SIGKILL, signal.SIGSTOP) else None
        os.kill(os.getpid(), -code)
    sys.exit(code)


if __name__ == "__main__":
    main()
