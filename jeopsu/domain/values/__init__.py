"""Kinds of value: each file cleans, checks and shows one.

won · share · dates · business_number · corporate_number · company_name · person_name
"""
