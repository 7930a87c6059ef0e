"""What the bureau owns, pays and must reach: inventory, costs, targets and standards. Knows layers only."""
