"""Work that nobody waits for: the job worker's regular tasks and the sign that it is alive."""
