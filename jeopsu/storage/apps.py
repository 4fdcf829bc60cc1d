"""Tells Django where the models are."""

from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "jeopsu.storage"
    label = "jeopsu"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "접수"
