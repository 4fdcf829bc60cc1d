"""The room `extractors`."""
