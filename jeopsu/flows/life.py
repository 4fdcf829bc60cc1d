"""Which process is which, and whether it lives: for leases, and for what a killed program left behind."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def this_host() -> str:
    """This machine, as leases name it: a container's or a machine's own name and boot."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
    except OSError:
        boot = ""
    return f"{socket.gethostname()}:{boot}:{_pid_namespace()}"


def this_process() -> str:
    return process_name(os.getpid())


def alive(host: str, process: str) -> bool | None:
    """Whether the process of a lease lives; None where it is on another machine."""
    if host != this_host():
        return None
    return lives(process)


def lives(process: str) -> bool:
    """Whether a process of this machine lives, named as `process_name` does."""
    number, _, start = process.partition(":")
    return number.isdigit() and began(int(number)) == start


def process_name(pid: int) -> str:
    """Its number and when it began, so that a number used again is not taken for life."""
    return f"{pid}:{began(pid)}"


def began(pid: int) -> str | None:
    """Start time of a living process in clock ticks since boot; None where there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in ("Z", "X") else fields[19]


def _pid_namespace() -> str:
    try:
        return os.readlink("/proc/self/ns/pid")
    except OSError:
        return ""
