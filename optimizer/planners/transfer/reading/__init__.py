"""What is asked and what there is: read from city, inventory and parameters, without any solver.

- `classes`: sizes, land and distances of the codes. `waste`: how much from where. `sites`: land and stations.
- `nearby`: who lives beside.
- `works`: what may be done at a site, and the rule that forbids the rest. `money`: what that costs a year.
- `haul`: ways on the streets. `wanted`: numbers by district. `nights`: when trucks unload. `question`: all of it together.
"""
