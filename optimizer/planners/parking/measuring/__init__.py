"""What a plan comes to, from the plan and the city alone."""
