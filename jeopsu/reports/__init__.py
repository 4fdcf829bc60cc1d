"""What leaves the program: the contract's JSON, a summary for people, HTML, 사전검토표 (XLSX), 보완요청서 (HWPX).

contract (JSON) · page (HTML) · sheet, decided, cells (XLSX) · letter (HWPX) · agenda (what a person must do) ·
explain (one rule) · words (labels in both languages). The terminal's summary stands in flows/show.
"""
