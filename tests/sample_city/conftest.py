"""Cities that are made once for all tests of this folder."""

from __future__ import annotations

import pytest

from layers.city import City
from sample_city.generate import make_city


@pytest.fixture(scope="session")
def small() -> City:
    return make_city("small", 1)


@pytest.fixture(scope="session")
def city() -> City:
    return make_city("city", 1)
