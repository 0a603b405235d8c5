"""Journeys through the product in a real browser, on a demonstration area of their own."""
