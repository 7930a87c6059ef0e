"""Search the parts of a question on several threads, whatever engine does it.

- `run`: what steps the parts take, and how they share work and time.
- `board`: the best of every part, put together into drafts for whoever watches.
"""
