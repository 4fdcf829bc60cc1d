"""The review site: Django's views over what `storage` hands out. It reads no table and no environment itself.

settings, urls, asgi, middleware, context (how it runs) · access, second_factor (rights) · language, codes, values
(what people read and type) · workspace, glance, steps, wanted (one proposal on the desk) · deciding, told, replay
(what people decide, and its log) · sheet, charts · pictures, draw, picture_cache, viewer (pages of uploads) ·
receiving (files come in) · openapi · pages/ (one file per page) · templates/, templatetags/, static/, locale/.
"""
