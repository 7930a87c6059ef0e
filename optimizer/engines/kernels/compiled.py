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


def _stamp(folder: Path) -> str:
    """Return a digest of all that a kernel of `folder` may call."""
    return sources_stamp(folder) + sources_stamp(Path(__file__).parent)


def compiled(function: F) -> F:
    """Compile `function` for use by other compiled functions, keep the machine code, let go of the interpreter lock.

    numba's own `cache=True` looks at the age of the file that a function stands in, and so keeps machine code in which the
    old form of another file's function lives on. Here the code is kept for as long as no file changes of the function's
    folder and of this one.
    """
    return _kept(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def inlined(function: F) -> F:
    """Compile as `compiled`, and lay the code into every caller.

    A call hands over every array of a problem by value, some thousands of bytes. So what a step calls most is laid in, but
    not what only some problems need.
    """
    return _kept(function, no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True)


def entrance(function: F) -> F:
    """Compile a function that Python calls too: as `compiled`, with the wrapper which that needs, slow to compile."""
    return _kept(function, no_cfunc_wrapper=True)


def _kept(function: F, **options: bool) -> F:
    make: Any = njit
    # Kernels allocate nothing and hold no array beyond a call, so none need count references: at each call and each look
    # into a problem's arrays that took more time than the work.
    dispatcher = make(nogil=True, error_model="numpy", _nrt=False, **options)(function)
    if dispatcher is not function:  # with NUMBA_DISABLE_JIT set nothing is compiled
        store = FunctionCache(function)  # type: ignore[no-untyped-call]
        store._cache_file._source_stamp = _stamp(Path(function.__code__.co_filename).parent)
        dispatcher._cache = store
    return cast(F, dispatcher)
