"""Compiled parts of circulation."""
