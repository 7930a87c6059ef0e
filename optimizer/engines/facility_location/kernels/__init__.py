"""Compiled parts of the search: no Python objects, nothing allocated."""
