"""Cut this process off the network: the kernel refuses its sockets, and every try is told on stderr."""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
import sys

TOLD = "NETWORK"
"""What a line about a try begins with."""

_TRIES = {
    *("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.getnameinfo"),
    *("socket.gethostbyname", "socket.gethostbyaddr"),
}
# The audit architecture, and the number of the call socket() there.
_KERNELS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER = 22, 38, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_REFUSE, _ALLOW = 0x00050000 | errno.EACCES, 0x7FFF0000


def cut() -> bool:
    """Cut the network; whether the kernel refuses sockets too, which binds C libraries and child processes."""
    sys.addaudithook(_tell)
    return sys.platform == "linux" and platform.machine() in _KERNELS and _refuse_sockets(*_KERNELS[platform.machine()])


def _tell(event: str, arguments: tuple[object, ...]) -> None:
    if event in _TRIES:
        print(TOLD, event, arguments[1:], file=sys.stderr, flush=True)  # noqa: T201
        raise OSError("the network is cut off")


def _refuse_sockets(architecture: int, socket_call: int) -> bool:
    """Have the kernel refuse every socket but those inside the machine (seccomp, a filter in BPF)."""

    def step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
        return struct.pack("<HBBI", code, if_true, if_false, value)

    program = b"".join(
        (
            *(step(_LOAD, 4), step(_EQUAL, architecture, 0, 5)),
            *(step(_LOAD, 0), step(_EQUAL, socket_call, 0, 3)),
            *(step(_LOAD, 16), step(_EQUAL, socket.AF_UNIX, 1, 0)),
            *(step(_RETURN, _REFUSE), step(_RETURN, _ALLOW)),
        )
    )
    steps = ctypes.create_string_buffer(program, len(program))
    filter_ = ctypes.create_string_buffer(struct.pack("<HxxxxxxQ", len(program) // 8, ctypes.addressof(steps)))
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, filter_, 0, 0) == 0)
