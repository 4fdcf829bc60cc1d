"""A second opinion on the rules of call kiat-2023-265, written from the notice alone: it imports no rule of ours.

`facts.py` what a proposal says · `money.py`, `people.py`, `soundness.py`, `shape.py` the rules · `opinion.py` all rules
and the verdict · `papers.py` the facts as uploads · `cases_….py` scenarios, each with what one rule must say of it.
"""
