"""Numbers drawn by lot, the same ones wherever they are drawn again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optimizer.engines.kernels.compiled import compiled

# A blink passes over a place (Christiaens & Vanden Berghe 2020, section 5.2: 1 in 100).
BLINK_ONE_IN = 100


class Dice(NamedTuple):
    """Two linear generators, combined (L'Ecuyer 1988, doi 10.1145/62959.62969), and places left to the next blink."""

    state: npt.NDArray[np.int64]
    blink: npt.NDArray[np.int64]


def dice_for(seed: int) -> Dice:
    """Return dice; same seed, same draws."""
    first, second = np.random.SeedSequence(seed).generate_state(2)
    state = np.array([1 + int(first) % 2147483561, 1 + int(second) % 2147483397], dtype=np.int64)
    return Dice(state, np.array([BLINK_ONE_IN // 2], dtype=np.int64))


@compiled
def draw(dice: Dice) -> float:
    """Return a number in (0, 1)."""
    dice.state[0] = 40014 * dice.state[0] % 2147483563
    dice.state[1] = 40692 * dice.state[1] % 2147483399
    z = dice.state[0] - dice.state[1]
    if z < 1:
        z += 2147483562
    return float(z) * 4.656613057391769e-10


@compiled
def draw_below(dice: Dice, n: int) -> int:
    """Return a whole number from 0 to n - 1."""
    return int(draw(dice) * n)
