"""The commissioner's inpatient file beside our record: in both, ours only, theirs only, each worked until decided."""
