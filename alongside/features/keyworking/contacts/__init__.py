"""Day-to-day: contacts made and tried, promises chased, appointments, supervision, and a worker's calendar."""
