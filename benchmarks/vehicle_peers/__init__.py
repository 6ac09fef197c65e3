"""The vehicle beside what one would use instead: NumPy, a plain loop in C, a waterfall engine."""
