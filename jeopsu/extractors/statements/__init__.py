"""The room `extractors/statements`."""
