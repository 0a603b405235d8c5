"""A whole area over years, invented: the demonstration, the load for measuring, and data for tests.

Never imported by the product and not part of its package: four commands of `alongside` reach it by name.
"""
