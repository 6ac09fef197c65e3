"""Which candidates to fund: criteria, limits, the exact choice, its frontier and how stable it is."""
