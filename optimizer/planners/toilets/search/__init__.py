"""The engine's question and its answer as toilets: sites, works on what stands, years, and the draft made of them."""
