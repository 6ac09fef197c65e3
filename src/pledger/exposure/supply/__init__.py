"""Supply chains: who supplies what, measures of dependence, what a project changes, what a halt would do."""
