"""Why a pass is not swept, and the smallest change that would have it swept.

- `unserved`: what binds, for each pass. `why`: the answer for one object.
- `outings`, `rests`, `spare_time`, `insertion`: what one more pass would take, and who has the time.
- `reconnect`: what would join a street to the rest of the network.
"""
