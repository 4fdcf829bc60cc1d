"""Keeps what came in and what was found: files under their sha256, records in a database. Nothing is overwritten.

errors · names (of proposals and files) · files (the interface), local_files, s3_files · inbox (where others put
files) · partial (uploads in pieces, until they are whole) · readings (what readers found, kept to be used again) ·
database, models, models_review, apps, migrations/ (the only schema) · rows (what comes out) · records (the only door
to the database); behind it uploads, versions, queue, results, decisions; for the site views, reviews, standing,
samples, tallies, audit, accounts, seats, knocks; webhook_queue.
"""
