"""What can be wrong with a plan of parking, each from geometry and sums alone."""
