"""Asking somebody for their agreement, reading back who will know what, and whether they can decide it themselves."""
