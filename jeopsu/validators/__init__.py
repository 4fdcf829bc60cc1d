"""From fields to findings: pure functions on domain types, no library, no file, no clock.

naming, organisations, identification, whose, statement_owners, projects, proof, replacing, corroborate, signers,
reconcile (what the uploads are, whose, and what their values say together) · facts, logic, matter, lookup, people,
checklists, attached, declared, dates (what a rule is written with) · completeness, consistency, rules/ · run, verdict
· bind, examples, manual (a call's rules against CHECKS and its own cases; the page of all checks)
"""
