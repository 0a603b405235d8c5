"""Who is who: possible duplicates, merging, the wrong person, numbers that changed, moves, striking out."""
