"""Alerts: conditions on the ledger that are looked at after each reading, and the calendar of what is to come."""
