"""The sample city: a seeded generator of a believable Chinese city, its own provenance."""
