"""From a picture to words and figures: two engines, and what makes a picture ready for them.

base (what an engine is) · engines (this process's) · tesseract (words), ppocr (figures) · null, recorded (stand-ins)
· prepare (the page), figures (one cell) · remembered (nothing is read twice).
"""
