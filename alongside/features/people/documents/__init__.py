"""Documents about a person: taken in, listed, opened, shown page by page."""
