"""The washing calendar: on which nights each carriageway is flushed and each pavement washed, and by which turnouts.

Periodic arc routing (Chu, Labadi & Prins 2006, doi 10.1016/j.ejor.2004.08.017): every kerb has an interval by its cleaning
grade, and no two washings of it, the last and the first of the horizon among them, may lie farther apart. Here kerbs of one
interval are first routed into turnouts of one night each, so that a crew washes the same streets each time and a turnout is
solved once however often it is driven; then each turnout is given its nights, so that no interval is overrun, the nights
are alike in work, and those who are out on one night work near each other.

- `params`: what is asked. `work`: what is to be washed how often. `nights`: which nights keep an interval.
- `dealing`: streets into units for the engine. `calendar`: nights for turnouts. `legs`: turnouts into timed legs.
- `problem`, `model`, `board`: the run. `reasons`: what is not washed and why. `checks`, `kpis`: from the plan alone.
"""
