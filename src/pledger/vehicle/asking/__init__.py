"""What is asked of scenarios: answers, what to check next, what would have to be true, what if, tariff relief."""
