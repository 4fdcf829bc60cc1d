"""The room `extractors/kinds`."""
