"""Links by which an organisation without accounts tells or answers one thing: made, opened, ended."""
