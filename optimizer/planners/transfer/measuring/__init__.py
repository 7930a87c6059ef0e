"""What a plan comes to.

- `goal`: the objective. `stations`: what is open after all changes. `measured`, `figures`, `rules`: the figures.
"""
