"""What planners read of a city and an inventory alike, none of it with a solver.

- `places`: depots and the like, from parameters, layers or by rule.
- `streams`, `amounts`: kinds of waste, and how much of each a point has.
- `fleet`: vehicles in service. `networks`: what they drive.
- `route_sums`: what routes come to.
- `cuts`: the parts of a city that figures are measured over.
- `street_rules`, `street_walk`: what streets allow, and whether routes keep to it.
"""
