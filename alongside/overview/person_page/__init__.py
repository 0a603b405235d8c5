"""One person on one page: who they are and how to talk with them first, then what is due, then the rest."""
