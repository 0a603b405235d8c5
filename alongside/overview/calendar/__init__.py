"""A worker's calendar as a feed: what is due to them and what is planned, without a name."""
