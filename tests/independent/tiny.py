"""Instances of a few streets in each format, whose best solution a person can find."""

from __future__ import annotations

# A ring of four edges and a bridge to it from the depot, which needs no service. Best: over the bridge, round, back: 3+40+3.
CARP = """ NOMBRE : ring
 COMENTARIO : 10000 (cota superior)
 VERTICES : 5
 ARISTAS_REQ : 4
 ARISTAS_NOREQ : 1
 VEHICULOS : 2
 CAPACIDAD : 4
 TIPO_COSTES_ARISTAS : EXPLICITOS
 COSTE_TOTAL_REQ : 40
 LISTA_ARISTAS_REQ :
 ( 1, 2)  coste 10 demanda 1
 ( 2,3)   coste 10   demanda 1
 (3, 4)  coste 10 demanda 1
 ( 4, 1)  coste 10 demanda 1
 LISTA_ARISTAS_NOREQ :
 ( 1, 5)  coste 3
 DEPOSITO :   5
"""

# A triangle 1 - 2 => 3 -> 1 with two one-ways side by side from 2 to 3, and a dead end. A load is two of the three required.
# Two vehicles go round: 10 + 10 + 2 and 3 + 12 + 2, and each unloads at the depot: + 1 + 1. Best: 41.
MCARP = """NAME : triangle.dat
NODES : 4
REQ_EDGES : 1
NOREQ_EDGES : 1
REQ_ARCS : 2
NOREQ_ARCS : 1
VEHICLES : 1
CAPACITY : 8
DUMPING_COST : 1
MAX_TRIP : 100
LIST_REQ_EDGES :
(1,2)   serv_cost 10   trav_cost 3   demand 4
LIST_NOREQ_EDGES :
( 3, 4 )   cost 7
LIST_REQ_ARCS :
(2,3)   serv_cost 10   trave_cost 3   demand 4
(2,3)   serv_cost 12   trav_cost 5   demand 4
LIST_NOREQ_ARCS :
(3,1)   cost 2
DEPOT : 1"""

# A line -1 - -2 - -3 - -4 with the depot at one end and the dump at the other; a load is one street. Out 5, serve 10, past
# the other street 4, unload 2, back 4, serve 10, unload 2, home 13: 50 with one vehicle. The header counts one street too
# many.
MCARPTIF = """NAME : old_name.txt
NODES : 4
REQ_EDGES : 3
NOREQ_EDGES : 1
REQ_ARCS : 0
NOREQ_ARCS : 0
VEHICLES : 15
CAPACITY : 6
DUMPING_COST : 2
MAX_TRIP : 60
LIST_REQ_EDGES :\x20
(-2,-3)  serv_cost 10  trav_cost 4 demand 6\x20\x20
(-3,-4)  serv_cost 10  trav_cost 4 demand 6
LIST_NOREQ_EDGES :\x20
(-1,-2)  cost 5
DEPOT : -1
DUMPING_SITES : -4

"""


def _tabs(text: str) -> str:
    """Return a text with tabs where it has two spaces or more."""
    return "\n".join("\t".join(part for part in line.split("  ") if part) for line in text.split("\n"))


# 1 - 2 - 3 from west to east, 4 north of 2, 5 north of 3: a square 2 - 3 - 5 - 4 with its dump at 5 and the depot at 1. A
# load is one of the two required streets 2 - 3 and 2 - 4, by volume. Best: 1-2 10, serve 2-3 30, left 2.5, 3-5 10, unload 4;
# 5-3 10, right 1.5, 3-2 10, right 1.5, serve 2-4 30, right 1.5, 4-5 10, unload 4; 5-3 10, right 1.5, 3-2 10, 2-1 10: 156.5.
# Serving 2-4 first costs 158.
MCARPTIF_TP = _tabs("""NAME  square
NODES  5
REQ_EDGES  2
NOREQ_EDGES  3
REQ_ARCS  0
NOREQ_ARCS  0
CAPACITY  6  10
DUMPING_COST  4
MAX_DURATION  200
DEPOT  1
DUMPING_SITES  5
TURN_PENALTY  0  1.500  2.500  8.000
LIST_REQ_EDGES :
2  3  30  10  5  3  10 0,20 0
2  4  30  10  5  3  10 0,10 4,10 10
LIST_NOREQ_EDGES :
1  2  0  10  0  0  0 0,10 0
3  5  0  10  0  0  20 0,20 10
4  5  0  10  0  0  10 10,20 10
LIST_REQ_ARCS :
LIST_NOREQ_ARCS :
""")

TINY = {"carp": CARP, "mcarp": MCARP, "mcarptif": MCARPTIF, "mcarptif-tp": MCARPTIF_TP}
BEST = {"carp": 46, "mcarp": 41, "mcarptif": 50, "mcarptif-tp": 156.5}
