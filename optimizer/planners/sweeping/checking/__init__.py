"""What a sweeping plan must satisfy, from the plan and the scenario alone; nothing here knows how plans are made.

- `rules`: what is allowed, read anew. `walk`: routes street by street. `driving`, `hours`, `standing`, `tanks`,
  `route`: what they break.
- `reasons`, `recheck`: whether what is said of unswept passes is true. `faults`: words shared with the washing calendar.
"""
