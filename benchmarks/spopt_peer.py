"""spopt with CBC as a peer of the siting engines, in a process and an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.kept import ROOT

ENVIRONMENT = ROOT / ".cache" / "peers"
# Seconds beyond its limit that the model may take to be written for CBC and read back.
GRACE_S = 60.0


@dataclass(frozen=True, slots=True)
class Sited:
    """What spopt found.

    Parameters
    ----------
    chosen
        Sites, in rising order; None where it found nothing within its limit.
    proven
        Whether it says that none is better.
    built_s, seconds
        To state the model, and that together with the search; from the matrix of distances on.
    """

    chosen: tuple[int, ...] | None
    proven: bool
    built_s: float
    seconds: float


def interpreter() -> Path:
    """Return the interpreter of the peers' environment.

    Raises
    ------
    FileNotFoundError
        Where ``./dev bench`` has not made it yet.
    """
    found = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not found.exists():
        raise FileNotFoundError(f"{found}: not there; run ./dev bench, which installs the peers")
    return found


def median_with_spopt(cost: NDArray[np.float64], weight: NDArray[np.float64], n_open: int, limit_s: float) -> Sited:
    """Let spopt choose a p-median.

    Parameters
    ----------
    cost
        Shape (n_customers, n_sites).
    weight
        Shape (n_customers,).
    n_open
        Sites to be open.
    limit_s
        Seconds for model and search.
    """
    return _ask({"cost": cost, "weight": weight, "n_open": np.array(n_open)}, limit_s)


def covering_with_spopt(
    cost: NDArray[np.float64], weight: NDArray[np.float64], n_open: int, radius: float, limit_s: float
) -> Sited:
    """Let spopt choose the sites that cover the most weight within a radius; as `median_with_spopt`."""
    return _ask({"cost": cost, "weight": weight, "n_open": np.array(n_open), "radius": np.array(radius)}, limit_s)


def _ask(arrays: dict[str, NDArray[np.generic]], limit_s: float) -> Sited:
    task = Path(__file__).with_name("spopt_task.py")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "arrays.npz"
        np.savez(path, **arrays)  # type: ignore[arg-type]  # its stub takes flags for arrays
        try:
            done = subprocess.run(
                [str(interpreter()), str(task), str(path), str(limit_s)],
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=limit_s + GRACE_S,
                check=True,
            )
        except subprocess.TimeoutExpired:
            return Sited(None, False, limit_s + GRACE_S, limit_s + GRACE_S)
    told = json.loads(done.stdout.splitlines()[-1])
    chosen = tuple(told["chosen"]) or None
    return Sited(chosen, bool(told["proven"]) and chosen is not None, told["built_s"], told["seconds"])
