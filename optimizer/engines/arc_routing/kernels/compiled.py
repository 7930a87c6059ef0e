"""The one decorator of all compiled functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit
from numba.core.caching import FunctionCache

F = TypeVar("F", bound=Callable[..., Any])


@cache
def sources_stamp(folder: Path) -> str:
    """Return a digest of all Python files of `folder`."""
    digest = sha256()
    for path in sorted(folder.glob("*.py")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def compiled(function: F) -> F:
    """Compile `function` when first called, keep the machine code on disk, let go of the interpreter lock.

    numba's own `cache=True` looks at the age of the file that a function stands in, and so keeps machine code in which the
    old form of another file's function lives on. Here the code is kept for as long as no file of the folder changes.
    """
    dispatcher: Any = njit(nogil=True, error_model="numpy")(function)
    if dispatcher is not function:  # with NUMBA_DISABLE_JIT set nothing is compiled
        store = FunctionCache(function)  # type: ignore[no-untyped-call]
        store._cache_file._source_stamp = sources_stamp(Path(function.__code__.co_filename).parent)
        dispatcher._cache = store
    return cast(F, dispatcher)
