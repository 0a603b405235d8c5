"""Records held more closely than others, and the one way past in an emergency."""
