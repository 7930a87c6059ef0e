"""Instances of a few stops in each format of vehicle routing, whose best solution a person can find."""

from __future__ import annotations

# Customers at 5 and 10 from the depot on one ray, and one at the square root of 2, cut off at 1.4. Two of them fill no
# vehicle: 1 and 2 weigh 12 together. Best: 3 with 1, 1.4 + 3.6 + 5.0, and 2 alone, 20.0; or 3 with 2, 1.4 + 8.6 + 10.0, and
# 1 alone, 10.0: 30.0 either way. Customer 3 must be begun by 2, so that it comes first.
VRPTW = """TINY

VEHICLE
NUMBER     CAPACITY
   2         10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0       0          0          0          0         40          0
    1       3          4          6          0         20          1
    2       6          8          6          0         20          1
    3       1          1          2          0          2          1
"""

# One vehicle, a load is one customer. 2 first: there and back 5.0 + 1 + 5.0; the goods of 3 are there at 12, so that it
# leaves at 12 and is back at 12 + 10.0 + 1 + 10.0 = 33, when the depot closes. Best: 300 tenths.
MULTITRIP = """NAME: tiny
COMMENT: made up
TYPE: MTVRPTWR
EDGE_WEIGHT_TYPE: EUC_2D
DIMENSION: 3
VEHICLES: 1
CAPACITY: 10
SERVICE_TIME: 1
NODE_COORD_SECTION
1\t0\t0
2\t3\t4
3\t6\t8
DEMAND_SECTION
1\t0
2\t6
3\t6
TIME_WINDOW_SECTION
1\t0\t33
2\t0\t20
3\t0\t30
RELEASE_TIME_SECTION
1\t0
2\t0
3\t12
VEHICLES_RELOAD_DEPOT_SECTION
1\t1
DEPOT_SECTION
1
EOF
"""

# A line of miles at a mile a minute: the depot at 0, stops 1 at 5 and 2 at 8, the landfill 9 at 10; a load is one stop. From
# 10:00: at 1 10:05 to 10:35, at 9 10:40 to 11:10, lunch to 12:10, at 2 12:12 to 12:22, at 9 12:24 to 12:54, home 13:04, when
# the depot closes. Best: one vehicle, 5 + 5 + 2 + 2 + 10 = 24 miles.
WASTE = """10.0 \t\t// vehicle capacity (yards), real number
12.0\t\t// total yardage allowed for a vehicle per day, real number
2\t\t// total number of regular stops for a vehicle allowed per day
3600\t\t// lunch time duration in second, lunch time should start between 11:00am and 12:00 pm
60\t\t// speed: MPH
Stop_ID\tX(feet)\tY(feet)\tEarly_St_Time (HHMM)\tLate_St_Time (HHMM)\tSvice_Time(Sec)\tLoad (Yards)\t"Stop_Type"
0   0.00  0.00  1000 1304 0  9999.00 0
1   26400.00 0.00 0000 2400 1800 6.00 1
9\t52800\t0\t900\t2400\t1800\t9999\t2\t\t
2   42240.00 0.00 0000 1675 600 6.00 1
"""

TINY_STOPS = {"vrptw": VRPTW, "multitrip-vrptw": MULTITRIP, "waste-vrptw": WASTE}
BEST_STOPS = {"vrptw": 30, "multitrip-vrptw": 300, "waste-vrptw": 24}
