"""The room `validators/rules`."""
