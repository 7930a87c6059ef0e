"""What a plan comes to.

- `measured`: what it did, as arrays. `tally`: sums by vehicle, shift and district. `money`: energy, emissions and cost.
- `figures`: all of it as KPIs. `goal`: the one number by which a plan is judged.
"""
