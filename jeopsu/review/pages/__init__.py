"""The pages, one file each.

board, proposal, workbench (a point beside its page), evidence (a page with all its values), decide (what is posted),
differences, sheet · letter, applicant, upload, pieces (the doors for files) · audit, statistics, accounts, doors (for
operators) · door, factor, oidc (log-in) · errors, health, hooks · api, api_review.
"""
