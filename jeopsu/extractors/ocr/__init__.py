"""The room `extractors/ocr`."""
