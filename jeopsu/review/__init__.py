"""The review site: Django's views over what `storage.records` hands out. It reads no table and no environment itself.

settings, urls, asgi (how it runs) · pages/ (one file per page) · words (Korean labels of codes) · templates/, static/.
"""
