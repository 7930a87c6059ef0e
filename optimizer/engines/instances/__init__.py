"""Read the field's public instance files, solve them with the engines, write the answer in the files' own ids."""

from __future__ import annotations

from optimizer.engines.instances.solving import solve_file

__all__ = ["solve_file"]
