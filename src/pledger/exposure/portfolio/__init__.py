"""Portfolios: holdings matched to the ledger's organisations, and the paths from them to programmes."""
