"""The room `flows`."""
