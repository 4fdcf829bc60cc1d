"""The room `extractors/readers`."""
