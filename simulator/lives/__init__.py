"""How invented people live: plausible journeys, decided by the same rules that the product applies."""

from simulator.lives.journey import simulate_life

__all__ = ["simulate_life"]
