from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from optimizer.engines.arc_routing.warm import warm_up

# What Python calls of the kernels, and of each whether it is loaded, after warming up in a process of its own.
_SCRIPT = """
import importlib, json, pkgutil
from optimizer.engines.arc_routing import kernels
from optimizer.engines.arc_routing.warm import warm_up
warm_up()
found = {}
for info in pkgutil.iter_modules(kernels.__path__):
    module = importlib.import_module(f"{kernels.__name__}.{info.name}")
    for name, value in vars(module).items():
        if getattr(value, "__module__", "") == module.__name__ and hasattr(value, "overloads"):
            if "no_cpython_wrapper" not in value.targetoptions:
                found[f"{info.name}.{name}"] = len(value.overloads)
print(json.dumps(found))
"""


def test_no_kernel_is_left_to_be_loaded_in_the_midst_of_a_search() -> None:
    root = Path(__file__).parents[4]
    done = subprocess.run([sys.executable, "-c", _SCRIPT], cwd=root, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert len(found) > 5
    assert [name for name, n_loaded in found.items() if not n_loaded] == []


def test_warming_up_can_be_done_again() -> None:
    warm_up()
    warm_up()
