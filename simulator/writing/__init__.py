"""Histories written in bulk, through the one door that only the simulator has."""
