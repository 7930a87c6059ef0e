"""The one decorator of all compiled functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile `function` when first called, keep the machine code on disk, let go of the interpreter lock."""
    return cast(F, njit(cache=True, nogil=True, error_model="numpy")(function))
