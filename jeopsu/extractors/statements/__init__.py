"""Document 14, financial statements: from pages to the fs.* fields of a company's years, exact or handed over.

select (which pages) → grids, loose (tables → rows) → sheets (rows → statements, headings → unit and years) → ledger
(one year's rows) → amounts (scans: two readings of a cell) → identities, witness (the sums) → emit (fields). labels and
opinion know the words; labels.yaml and standard_codes.tsv hold them.
"""

from jeopsu.extractors.statements.read import StatementReading, read_statements

__all__ = ["StatementReading", "read_statements"]
