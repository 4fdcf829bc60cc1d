"""Makes believable proposals of invented companies with the truth about them, for `jeopsu demo`, the tests and README.

make (the door) · world, companies, accounts, budgets (what is true) · sheet, ink, parts (how a page is composed) ·
titles, statement_labels (words) · forms_project, forms_each, forms_spending, certificates, registry, printed_amounts,
statements, standard_statements (what is printed) · plan_hwp, plan_layouts, hwp_layout (document 2) · scan (paper that
went through a scanner) · faults (what applicants do wrong) · truth, expected (what a right report says).
"""
