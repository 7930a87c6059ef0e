"""The compiled loops of the search for sites."""
