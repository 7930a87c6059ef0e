"""For how many types of arguments kernels are loaded in this process."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def ways_loaded(kernels: ModuleType) -> dict[str, int]:
    """Return, of each kernel of a folder that Python calls, for how many types of arguments it is loaded."""
    found = {}
    for info in pkgutil.iter_modules(kernels.__path__):
        module = importlib.import_module(f"{kernels.__name__}.{info.name}")
        for name, value in vars(module).items():
            is_own = getattr(value, "__module__", "") == module.__name__ and hasattr(value, "overloads")
            if is_own and "no_cpython_wrapper" not in value.targetoptions:
                found[f"{info.name}.{name}"] = len(value.overloads)
    return found
