"""What is asked of the engine, its answer as a plan, and the years."""
