"""The engine's question, and its answer as routes.

- `parts`: the city cut by stations. `dealing`: vehicles by part, stream and depot. `unit`: a part as the engine's problem.
- `legs`: the engine's visits as timed legs. `board`: the best of all parts together. `week`: the other days.
"""
