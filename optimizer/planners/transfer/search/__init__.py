"""The engine's question and its answer as a plan.

- `clusters`: points that are searched as one. `asking`: the engine's problem. `dealing`: its answer for every point.
- `answering`: the plan. `nearly`: plans nearly as good.
"""
