"""From the day to the engine's question, and from its answer to routes of timed legs.

- `grounds`, `weights`: what a vehicle type finds and what its driving costs. `dealing`, `units`, `joint`: who gets what.
- `board`: the best so far of everyone who searches. `legs`: stops into legs.
- `cheapest`: the cheapest fleet that reaches a rate. `proven`: what no plan can beat.
"""
