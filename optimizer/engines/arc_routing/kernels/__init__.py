"""Compiled loops; the only folder of this engine that imports numba."""
