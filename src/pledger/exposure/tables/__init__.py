"""Tables of anybody's: CSV and XLSX files read into rows, the names of their columns, numbers as people write them.

`supply/files.py` and `portfolio/holdings.py` say what they take as a `Kind`, and what the columns mean to them.
"""
