"""A cap on the memory of a worker, so that the kernel never kills the window in its place.

Linux and macOS cap the address space of a process. Windows would need a job object around it, which Python does not make:
there the cap is not set, and `cap_memory` says so by returning False.
"""

from __future__ import annotations

import os
import sys

DEFAULT_SHARE = 0.7


def memory_bytes() -> int:
    """Return the machine's memory in bytes, 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0


def default_cap_bytes() -> int:
    """Return the cap of a worker that nobody gave one: seven tenths of the machine's memory; 0 is none."""
    return int(memory_bytes() * DEFAULT_SHARE)


def cap_memory(cap_bytes: int) -> bool:
    """Limit this process's address space; return whether it is limited."""
    if cap_bytes <= 0 or sys.platform == "win32":
        return False
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    allowed = cap_bytes if hard == resource.RLIM_INFINITY else min(cap_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    return True
