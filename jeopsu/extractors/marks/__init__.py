"""The room `extractors/marks`."""
