"""Holding a C(E)TR: carry-over, lines of enquiry, recommendations, the report, and what is done with it."""
