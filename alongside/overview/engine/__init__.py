"""Facts in, duties and list rows out. The engine acts under its own identity and sees the whole person."""
