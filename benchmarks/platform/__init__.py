"""Measures the platform with its real programs: servers, site, workers, doors.

programs (starts them, keeps them alive, finds their processes) · shapes (embedded; many machines) · proposals (what
is handed in, and whether all of it came through) · chaos (kills at random moments) · speed (from a drop to a verdict;
200 uploads at once) · machines (two workers in network namespaces).
"""
