"""What a person, or another program, sees of a ledger: words, tables, JSON, the summary and the report."""
