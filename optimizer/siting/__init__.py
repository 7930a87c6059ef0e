"""What planners that choose sites share, none of it with a solver.

- `candidates`: land on which something could be built, from the bureau's own list, drawn by hand or found among idle lots.
- `quotas`: numbers wanted by district, what can be reached of them, and what is missing where it is less.
- `alternatives`: plans nearly as good that differ much.
"""
