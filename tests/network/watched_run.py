"""Run a command where every call to the network is heard: in a namespace of its own, with a resolver and listeners.

    unshare --map-root-user --net --mount python watched_run.py SECONDS FOLDER COMMAND...

Every name is resolved to this machine, where ports 80 and 443 take connections. What was asked and who connected goes
to FOLDER/heard.txt, a line each. Native code cannot hide here as it can from Python's audit hooks.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path

HERE = "127.0.0.1"


def main() -> int:
    """Set up the namespace, run the command, and give its exit status."""
    seconds, folder, command = float(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    resolver = folder / "resolv.conf"
    resolver.write_text(f"nameserver {HERE}\noptions timeout:1 attempts:1\n", encoding="utf-8")
    subprocess.run(["mount", "--bind", str(resolver), "/etc/resolv.conf"], check=True)
    heard = (folder / "heard.txt").open("w", encoding="utf-8", buffering=1)
    questions = socket.socket(type=socket.SOCK_DGRAM)
    questions.bind((HERE, 53))
    threading.Thread(target=answer_names, args=(questions, heard), daemon=True).start()
    for port in (80, 443):
        threading.Thread(target=take_calls, args=(socket.create_server((HERE, port)), heard), daemon=True).start()
    return subprocess.run(command, timeout=seconds, check=False).returncode


def answer_names(questions: socket.socket, heard: object) -> None:
    """Answer each question with this machine's address."""
    while True:
        asked, sender = questions.recvfrom(512)
        name, end = [], 12
        while length := asked[end]:
            name.append(asked[end + 1 : end + 1 + length].decode("latin-1"))
            end += length + 1
        print("asked for", ".".join(name), file=heard)  # type: ignore[call-overload]
        question = asked[12 : end + 5]
        is_ipv4 = question[-4:-2] == b"\0\1"
        head = asked[:2] + b"\x81\x80\0\1" + (b"\0\1" if is_ipv4 else b"\0\0") + b"\0\0\0\0"
        answer = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + socket.inet_aton(HERE) if is_ipv4 else b""
        questions.sendto(head + question + answer, sender)


def take_calls(server: socket.socket, heard: object) -> None:
    """Note each connection."""
    while True:
        call, _ = server.accept()
        print("connected to port", server.getsockname()[1], file=heard)  # type: ignore[call-overload]
        call.close()


if __name__ == "__main__":
    sys.exit(main())
