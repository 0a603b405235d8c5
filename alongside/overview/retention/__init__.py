"""How long records are kept, what stops it, and how they go."""
