"""jeopsu (접수): takes in the uploads of a grant proposal, reads and checks them, and lets staff decide."""

__version__ = "0.1.0"
