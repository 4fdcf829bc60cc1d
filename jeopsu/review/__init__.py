"""The review site: Django's views over what `storage` hands out. It reads no table and no environment itself.

settings, urls, asgi, middleware, context (how it runs) · access (rights) · language, codes, values (what people read
and type) · workspace, glance (one proposal on the desk) · pictures, draw, viewer (pages of uploads) · receiving (files
come in) · openapi · pages/ (one file per page) · templates/, templatetags/, static/, locale/.
"""
