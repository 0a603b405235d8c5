"""Organising a review: from the request to the day."""
