"""Is a plan right? Read anew from city, parameters and plan; nothing is shared with what makes plans but layers and lists.

- `ground`: sites and waste as the checker reads them. `works`: what is done where, and whether the codes let it.
- `loads`: who goes where.
- `numbers`: what districts want. `money`: what it costs. `ways`: lengths on the streets.
"""
