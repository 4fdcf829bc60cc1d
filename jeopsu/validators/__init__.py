"""The room `validators`."""
