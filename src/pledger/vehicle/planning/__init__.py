"""From the ledger and the terms to a plan: which projects, when, at what cost, how likely, and by which sources."""
