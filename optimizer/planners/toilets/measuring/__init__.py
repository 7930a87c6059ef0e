"""What a plan comes to: its one number, shares of people by district, and how evenly walks are shared."""
