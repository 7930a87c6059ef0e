"""The engine's question and its answer as a plan.

- `clusters`: points that are searched as one. `asking`: the engine's problem. `dealing`: its answer for every point.
- `lifting`: a bound for every point by a few service areas. `refining`: the search. `answering`: the plan.
"""
