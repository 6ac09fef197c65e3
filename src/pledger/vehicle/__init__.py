"""The vehicle: a programme's terms and the ledger's figures in, cash flows by party and quarter out."""
