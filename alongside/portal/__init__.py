"""Pages for young people and families. It owns no tables; it reads and calls what the features offer."""
