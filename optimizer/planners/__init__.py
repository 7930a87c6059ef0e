"""The planners, one folder each; `optimizer.planner.planners` discovers them."""
