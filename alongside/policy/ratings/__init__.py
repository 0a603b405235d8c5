"""Ratings: tools that suggest, floors that block, and how ratings age."""

from .examples import TOOLS, find_tool
from .floors import RatingAge, age_of_rating, allows, floor
from .looking_back import Happened, look_back
from .news import LOWER, NEWS, News, covers, find_news, proposed_by
from .suggesting import suggest
from .tool import COLOURS, Band, HardRule, Item, Tool

__all__ = [
    "COLOURS",
    "LOWER",
    "NEWS",
    "TOOLS",
    "Band",
    "Happened",
    "HardRule",
    "Item",
    "News",
    "RatingAge",
    "Tool",
    "age_of_rating",
    "allows",
    "covers",
    "find_news",
    "find_tool",
    "floor",
    "look_back",
    "proposed_by",
    "suggest",
]
