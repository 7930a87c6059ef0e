"""What a plan of toilets breaks, recomputed from the plan and the city with code that the model does not use."""
