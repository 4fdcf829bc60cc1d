"""Measurements of the program on whole documents. Run by hand; see docs/accuracy.md."""
