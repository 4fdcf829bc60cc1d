"""Document 14, financial statements: from pages to the fs.* fields of a company's years, exact or handed over.

select (which pages) → grids, unruled, cells_by_ink, signs (tables → rows) → gather (rows → statements; headings,
titles, units: what stands over them; periods, columns: whose year a column is) → ledger (one year's rows) → wanted,
amounts (scans: two readings of a cell) → identities, witness (the sums) → notes (interest that only a note prints) →
emit (fields). mentions, company, other_books: whose statements they are; opinion, certified: who vouches for them;
struck: what no longer holds; labels, labels.yaml, standard_codes.tsv: the words. read (the door) · model, paper (what
is built on the way).
"""

from jeopsu.extractors.statements.read import StatementReading, read_statements

__all__ = ["StatementReading", "read_statements"]
