"""The register meeting as it is run: agenda from what moved, one person at a time, minutes."""
