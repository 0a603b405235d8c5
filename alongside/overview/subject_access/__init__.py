"""Requests for one's own record: the clock, the pack, what is about others, a second pair of eyes, and sending it."""
