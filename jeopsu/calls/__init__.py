"""Calls for proposals as data: a folder of YAML for each call, and the loader that refuses what is not clear.

load (YAML → `Call`, with file and line in every error) · inspection (what the types cannot say) · handbook (a call as
a page) · kiat_2023_265, example_2024_101 (a folder each: call, documents, rules, cases)
"""
