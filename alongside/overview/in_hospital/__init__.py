"""Somebody in hospital, read across features: one stay, what follows from an admission, and everybody in hospital."""
