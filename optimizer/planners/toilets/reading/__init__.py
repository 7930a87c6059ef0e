"""What is asked and what there is: districts, people, toilets that stand, candidates, and the walks between them."""
