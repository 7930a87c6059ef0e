"""A timetable that is driven today, as a plan: times and stays kept to the second, the rest assumed and said so.

- `stops`: the rows that can be driven, and what becomes of the others. `legs`: what a vehicle does between and at them.
- `plan`: routes of all vehicles, and the tasks that the timetable does not have.
"""
