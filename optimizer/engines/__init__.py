"""Solve abstract, published problems; no engine knows a city."""
