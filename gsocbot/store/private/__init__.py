"""What not everybody may see: read and kept here alone, each time for a viewer.

The tables of this package are imported by nothing outside it but what works on all tables alike
(the audit, taking back, erasing). What others get is what `rules/privacy.py` lets the one see to
whom it goes.
"""
