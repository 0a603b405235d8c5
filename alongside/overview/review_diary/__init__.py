"""Reviews across an area: which are due, dated or late, and what is broken already."""
