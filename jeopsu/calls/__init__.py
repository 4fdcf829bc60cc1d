"""Calls for proposals as data: a folder of YAML for each call, and the loader that refuses what is not clear.

load (YAML → `Call`, with file and line in every error) · kiat_2023_265/{call,documents,rules,cases}.yaml
"""
