"""Somebody in hospital: wards, leave, incidents, segregation, visits, and who was told."""
