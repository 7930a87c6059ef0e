from __future__ import annotations

import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

from optimizer.engines.arc_routing import kernels
from optimizer.engines.arc_routing.warm import warm_up

# Loads what a worker loads, in a process of its own.
_SCRIPT = f"""
import json
from {__name__} import warm_up, ways_loaded
warm_up()
print(json.dumps(ways_loaded()))
"""


def ways_loaded() -> dict[str, int]:
    """Return, of each kernel that Python calls, for how many types of arguments it is loaded."""
    found = {}
    for info in pkgutil.iter_modules(kernels.__path__):
        module = importlib.import_module(f"{kernels.__name__}.{info.name}")
        for name, value in vars(module).items():
            is_own = getattr(value, "__module__", "") == module.__name__ and hasattr(value, "overloads")
            if is_own and "no_cpython_wrapper" not in value.targetoptions:
                found[f"{info.name}.{name}"] = len(value.overloads)
    return found


def test_no_kernel_is_left_to_be_loaded_in_the_midst_of_a_search() -> None:
    root = Path(__file__).parents[4]
    done = subprocess.run([sys.executable, "-c", _SCRIPT], cwd=root, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert len(found) > 5
    assert [name for name, n_loaded in found.items() if not n_loaded] == []


def test_warming_up_again_loads_nothing_more() -> None:
    warm_up()
    once = ways_loaded()
    warm_up()
    assert ways_loaded() == once
    assert all(once.values())
