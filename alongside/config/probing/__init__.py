"""`alongside verify-access`: random people try random doors to random records, and what opens is compared with what
a second reading of scope and ledger says. The reading uses plain facts and none of the product's own rules of access.
"""
