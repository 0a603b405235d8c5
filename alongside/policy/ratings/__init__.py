"""Ratings: tools that suggest, floors that block, and how ratings age."""

from .examples import TOOLS, find_tool
from .floors import RatingAge, age_of_rating, allows, floor
from .suggesting import suggest
from .tool import COLOURS, Band, HardRule, Item, Tool

__all__ = [
    "COLOURS",
    "TOOLS",
    "Band",
    "HardRule",
    "Item",
    "RatingAge",
    "Tool",
    "age_of_rating",
    "allows",
    "find_tool",
    "floor",
    "suggest",
]
