"""What the day asks for and what may be used for it: read from city, inventory and parameters alone, without any solver.

- `kerbs`, `hand`: which kerbs are swept how often, and which by hand. `hours`: when. `cuts`: parts that figures tell apart.
- `fleet`, `locks`: which vehicles may sweep what. `places`: depots and dumps. `water`: water points. `networks`: what they
  can drive. `assumed`: what all of this rests on.
"""
