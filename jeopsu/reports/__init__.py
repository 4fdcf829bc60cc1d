"""What leaves the program: the contract's JSON, a summary for people, HTML, 사전검토표 (XLSX), 보완요청서 (HWPX).

contract (JSON) · summary (terminal) · page (HTML) · sheet (XLSX) · letter (HWPX) · words (labels in both languages).
"""
