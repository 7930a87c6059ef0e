"""Readers and writers of city layers: one file a format, each imported when its format is met."""
