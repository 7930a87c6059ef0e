"""What the night asks for and what may be used for it: read from city, inventory and parameters, without any solver.

- `points`: what stands where. `windows`: when it may be served, for how long. `fleet`: by what.
- `stations`: where it is unloaded. `views`: how each type of vehicle sees the streets. `reading`: all of it together.
"""
