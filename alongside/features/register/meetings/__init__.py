"""The register meeting: when it is, who comes, whom it is about, what is decided, and what is sent."""
