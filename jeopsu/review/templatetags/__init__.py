"""Filters for the templates: words."""
