"""Become another program, as another user if asked, that gets a signal when its parent dies.

Run as a file by `python -I -S child.py PARENT_PID SIGNAL UID GID PROGRAM [ARGUMENT…]`; UID -1 keeps the user.
The order matters: Linux forgets the parent-death signal when a process changes its user, so it is asked for last,
and a parent that died before that moment is noticed by its process id.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def drop_to(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def die_with(parent: int, signal_number: int) -> None:
    """Ask the kernel for `signal_number` at the parent's death; where there is no such call (macOS) do nothing."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(f"parent process {parent} is gone")


def main(arguments: list[str]) -> None:
    parent, signal_number, uid, gid = (int(value) for value in arguments[:4])
    program = arguments[4:]
    if uid >= 0:
        drop_to(uid, gid)
    if signal_number > 0:
        die_with(parent, signal_number)
    os.execv(program[0], program)  # noqa: S606 -- replacing this process is its purpose


if __name__ == "__main__":
    main(sys.argv[1:])
