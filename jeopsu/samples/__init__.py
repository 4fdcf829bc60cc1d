"""The room `samples`."""
