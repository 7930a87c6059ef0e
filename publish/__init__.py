"""What leaves the house: exports, reports, driver sheets. No Qt, no solver."""
