"""What stays of closed records: pages for the named custodians of an area."""
