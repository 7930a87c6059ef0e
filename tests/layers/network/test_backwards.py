"""A network driven the other way has the same ways, from their ends."""

from __future__ import annotations

import numpy as np

from layers.kinds.streets import Streets
from layers.network import Mover, Router, build, matrix, snap
from tests.cities import X0_M, Y0_M, tiny_city


def test_ways_backwards_are_ways() -> None:
    city = tiny_city()  # with a one-way street up, one down, and a banned left turn
    network = build(city, Mover("truck", 10.0, least_street_width_m=2.0))
    back = network.backwards()
    at = np.array([[X0_M + dx, Y0_M + dy] for dx, dy in ((20, 0), (200, 120), (400, 60), (590, 200), (200, 350))])
    there = matrix(Router(network), snap(network, city[Streets], at), snap(network, city[Streets], at))
    again = matrix(Router(back), snap(back, city[Streets], at), snap(back, city[Streets], at))
    assert np.allclose(there.time_s, again.time_s.T)
    assert np.allclose(there.length_m, again.length_m.T, atol=0.1)
    assert not np.allclose(there.length_m, there.length_m.T, atol=0.1)
