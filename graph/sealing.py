"""Take the network away from a process, by the kernel, where the kernel can (Linux).

What runs afterwards in the process, and in every process that it starts, cannot get it back. Only
the standard library is used, since this runs in small processes of its own.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_GREATER, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000  # 13 is EACCES
_OTHER_NUMBERS = 0x40000000  # the x32 way of calling the same kernel

_NAMES = ("socket", "connect", "execve", "execveat", "ptrace", "uring")
_MACHINES = {
    "x86_64": (0xC000003E, dict(zip(_NAMES, (41, 42, 59, 322, 101, 425), strict=True))),
    "aarch64": (0xC00000B7, dict(zip(_NAMES, (198, 203, 221, 281, 117, 425), strict=True))),
}
"""The kernel's number of the machine, and of the calls that can be refused."""

EVERYTHING = _NAMES
"""No sockets, no other programs."""

OUTWARD = ("connect", "ptrace", "uring")
"""A server may listen, but reach nobody."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _rule(code: int, yes: int, no: int, value: int) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)


def refuse(calls: tuple[str, ...]) -> bool:
    """Refuse calls of the kernel to this process, from now on.

    Args:
        calls: `EVERYTHING` or `OUTWARD`.

    Returns:
        Whether the kernel agreed; False where it is not Linux on x86-64 or ARM64.
    """
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.maxsize < 2**32:
        return False
    audit, numbers = machine
    rules = [
        _rule(_LOAD, 0, 0, 4),
        _rule(_JUMP_IF_EQUAL, 1, 0, audit),
        _rule(_RETURN, 0, 0, _KILL),
        _rule(_LOAD, 0, 0, 0),
        _rule(_JUMP_IF_GREATER, 0, 1, _OTHER_NUMBERS),
        _rule(_RETURN, 0, 0, _KILL),
    ]
    for name in calls:
        rules += [_rule(_JUMP_IF_EQUAL, 0, 1, numbers[name]), _rule(_RETURN, 0, 0, _REFUSE)]
    rules.append(_rule(_RETURN, 0, 0, _ALLOW))
    libc = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(rules), b"".join(rules))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    done = libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    return bool(done == 0)
