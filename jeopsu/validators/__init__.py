"""From fields to findings: pure functions on domain types, no library, no file, no clock.

naming, organisations, identification, replacing, corroborate (what the uploads are) ·
facts, logic, matter, lookup, people, labels (what a rule is written with) ·
completeness, consistency, rules/ · run, verdict · bind, examples (a call's rules against CHECKS and its own cases) ·
reconcile (figures that explain one another)
"""
