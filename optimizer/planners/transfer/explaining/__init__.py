"""Why a site is chosen or not, what a district lacks, and what any place would be good for."""
