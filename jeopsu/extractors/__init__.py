"""From bytes to field values. Everything here that touches an upload runs in the sandboxed child process.

sandbox (the parent's side) · child (the other side), wire (what passes between them) · read_file (one file, whole)
· pages (what a page reader offers) · sniff, readers/ (bytes → Document) · ocr/ (picture → words) · marks/ (seals,
signatures, boxes) · kinds/, statements/ (Document → field values).
"""
