"""The room `calls`."""
