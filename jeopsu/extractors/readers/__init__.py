"""From bytes to pages, words, tables and cells; what they mean is no reader's business.

pdf (a PDF or picture file, page by page) · sheets, render, frame (pages, pixels, the way between upright and shown) ·
digital, pdf_text, pdf_over, pdf_strokes (text layers) · scan (OCR) · grid, tables, columns,
ink_lines, by_cells (tables).
hwp (HWP and HWPX, read twice) · hwp_gate, hwpx_gate, hwp_distribution (what may be opened) · hwp_pyhwp, hwp_unhwp,
hwpx (the readers) · hwp_body (what they build), hwp_characters · hwp_render, hwp_render_program, hwp_places (pages as
drawn), hwp_pictures.
"""
