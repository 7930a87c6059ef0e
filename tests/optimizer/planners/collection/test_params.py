"""What may be asked."""

from __future__ import annotations

import pytest

from layers.errors import ParameterError
from optimizer.params import with_values
from optimizer.planners.collection.params import CollectionParams


def test_only_what_the_search_makes_least_can_be_asked_for() -> None:
    assert [with_values(CollectionParams(), {"least": least}).least for least in ("cost", "km")] == ["cost", "km"]
    with pytest.raises(ParameterError, match="balance"):
        with_values(CollectionParams(), {"least": "balance"})
