"""Telling others: what was told to whom, telling against an agreement, agreements between organisations."""
