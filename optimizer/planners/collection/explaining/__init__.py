"""Why something is left, and what would change that: `unserved` says it of all tasks, `why` of one that is asked about."""
