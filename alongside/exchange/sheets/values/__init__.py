"""Reading one cell of a register: each kind of value, with its doubts in plain sentences."""
