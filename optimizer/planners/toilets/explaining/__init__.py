"""Why a place was chosen or not, what a district lacks, who is left out, and what lies about any place of the city."""
