"""Each term every school and college is asked whom it worries about; schools and wards tell what has changed."""
