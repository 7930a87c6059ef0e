"""Vehicle routing: collect what stands at stops with vehicles that make several trips and are emptied at stations.

The engine knows no city, so it can be held against the field's public instances.

- `problem`: what is asked (`stops`, `fleet`, `wishes`). `solution`: what comes back.
"""
