"""What a document is and what stands on it: pages become segments, segments become field values with evidence.

What a page is: identify, headings, titles (its words, as data), closeness; second_opinion, second_opinion_train.
How any form is read: layout, forms, form_parts, label_words, tables, linewise (run by run of print), digit_runs,
merge.
What a value is worth: reading (when it may be called confirmed), strikes, examples, names, subjects (whose a paper is),
issue_dates, issuers, copies. Marks: signoffs · checks, checks_scan, checks_rows, checks_lines, checks_frames,
checks_clean, options.
read (which reader reads which kind) · registrations, registry_entries, employment, midsize, rates, rates_columns,
rates_figures, consent, letters, counts, ratios, spending (a family of forms each).
The plan (HWP): plan (the door) · plan_grid, plan_words, plan_values, plan_fields (its tables and their values) ·
plan_roles, plan_organisations · plan_people, plan_people_columns, plan_records, plan_pay · plan_budget,
plan_budget_cells, plan_budget_guard, plan_money, plan_periods · plan_details, plan_schedule, plan_seals, plan_blank.
"""

from jeopsu.extractors.kinds.identify import identify
from jeopsu.extractors.kinds.read import read_kind
from jeopsu.extractors.kinds.reading import KindReading

__all__ = ["KindReading", "identify", "read_kind"]
