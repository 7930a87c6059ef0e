"""Compiled loops of the search over routes."""
