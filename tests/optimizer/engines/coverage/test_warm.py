from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from optimizer.engines.coverage import kernels
from optimizer.engines.coverage.warm import warm_up
from tests.optimizer.engines.loading import ways_loaded

# Loads what a worker loads, in a process of its own.
_SCRIPT = f"""
import json
from {__name__} import kernels, warm_up, ways_loaded
warm_up()
print(json.dumps(ways_loaded(kernels)))
"""


def test_no_kernel_is_left_to_be_loaded_in_the_midst_of_a_search() -> None:
    root = Path(__file__).parents[4]
    done = subprocess.run([sys.executable, "-c", _SCRIPT], cwd=root, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert len(found) > 5
    assert [name for name, n_loaded in found.items() if not n_loaded] == []


def test_warming_up_again_loads_nothing_more() -> None:
    warm_up()
    once = ways_loaded(kernels)
    warm_up()
    assert ways_loaded(kernels) == once
    assert all(n_ways == 1 for n_ways in once.values())
