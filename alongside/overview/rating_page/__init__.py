"""Rating: the definitions on screen, a tool that suggests, a person who decides."""
