"""The launcher against real servers."""
