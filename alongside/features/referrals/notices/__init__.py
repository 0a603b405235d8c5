"""A ward's notice of an admission and an alert from A&E: told in six fields, opened in time, settled by a person."""
