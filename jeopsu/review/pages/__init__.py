"""The pages, one file each.

board, proposal, workbench (a point beside its page), evidence (a page with all its values), decide (what is posted) ·
letter, applicant, upload (the doors for files) · audit, statistics · door (log-in), errors, health, hooks · api.
"""
