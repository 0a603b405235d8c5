"""What the policy says: pure Python, no Django, no clock, no database.

Facts go in (`facts`), what is due comes out (`duties.duties_for`); every number is a dated row with
a source and a certainty (`rules`), counted by a named function (`counting`).
"""
