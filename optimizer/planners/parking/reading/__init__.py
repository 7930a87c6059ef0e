"""What is asked and what there is: rules, kerbs, lots, demand, streets that may be made one-way."""
