"""How many stalls, of which kind, how long people wait for them, how much land and money that takes."""
