"""Stand-ins for parts that fail: each misbehaves in the way its name says."""
