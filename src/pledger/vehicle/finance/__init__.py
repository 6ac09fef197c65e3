"""The finance of one case: calls, cash, its split, the loans behind the pledging side, and returns."""
