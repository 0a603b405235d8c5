"""Measuring: pages and duties on an area as large as the country, beside a floor that any page has to pay."""
