"""The nouns of the program: small frozen types that every other room speaks in. Imports nothing but Pydantic.

base, text, geometry, evidence, name_rule · documents (what a reader makes) · kinds, fields, field_names (meaning) ·
reading (across the sandbox) · submissions, calls, findings, report (the proposal and the verdict) · problems, labels
(sentences for people) · values/ (one file per kind of value).
"""
