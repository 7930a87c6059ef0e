"""What the compiled loops of all engines share."""
