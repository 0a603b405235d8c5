"""Who looked and what changed, for information governance of the areas concerned."""
