"""The check of figures that problems of several engines share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray


def figure_faults(named: Iterable[tuple[str, NDArray[Any], int, bool]]) -> list[str]:
    """Return what is wrong with arrays of figures, one line for the first wrong figure of each.

    Parameters
    ----------
    named
        What each is called, its figures, the least that they may be, and whether they may be without limit (`inf`).
    """
    found = []
    for name, values, least, may_be_inf in named:
        wrong = ~(values >= least) | (np.isinf(values) if not may_be_inf else False)
        if wrong.any():
            at = tuple(int(k) for k in np.argwhere(wrong)[0])
            found.append(f"{name}{list(at)} is {values[at]}, a number of at least {least} is expected")
    return found
