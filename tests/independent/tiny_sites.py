"""Instances of a few sites in each format of facility location, whose best solution a person can find."""

from __future__ import annotations

# Neither site has room for both customers, so both are open: 5 + 2. Site 2 serves its 4 of the 6 of customer 1, 3 x 4/6, the
# rest comes from site 1, 6 x 2/6, and customer 2 from there too, 2. Best: 7 + 2 + 2 + 2 = 13.
CAP = """ 2 2
 10 5.
 4 2.
 6
 6. 3.
 6
 2. 12.
"""

# One site for each customer: 2 for the first, 3, and 1 for the second, 2, and both open, 2 + 5. Best: 12.
SSCFLP = """3 2
10 6 6
5.0 2.0 9.0
6 6
6.0 3.0 1.0
2.0 12.0 1.0
"""

# A path of 2, 3 and 4; that its middle is 9 long is said first and does not count. Two open, 2 and 4: 2 + 0 + 3 + 0 = 5.
PMED = """ 4 4 2
 1 2 2
 2 3 9
 3 2 3
 3 4 4
"""

TINY_SITES = {"cap": CAP, "sscflp": SSCFLP, "pmed": PMED}
BEST_SITES = {"cap": 13, "sscflp": 12, "pmed": 5}
