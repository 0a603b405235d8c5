"""Files: checked when they come in, kept by what is in them, handed out as what they are. No table of its own."""
