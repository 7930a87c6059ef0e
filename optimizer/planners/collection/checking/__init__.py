"""What a plan breaks, seen by code that has no solver in it.

- `rules`: what is allowed. `walk`: the routes laid out leg by leg and street by street.
- `driving`, `stops`, `loads`, `stations`, `hours`, `week`, `reasons`: one subject each.
"""
