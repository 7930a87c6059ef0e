"""Why a pass is not swept, and the smallest change that would have it swept.

- `unserved`: what binds, for each pass. `why`: the answer for one object.
- `outings`, `rests`, `spare_time`: what one more pass alone would take, and who has the time. `gaps`, `ways`,
  `insertion`: what it would take on the way of a route.
- `reconnect`: what would join a street to the rest of the network.
"""
