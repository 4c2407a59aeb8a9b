"""State tables of disclosure, by noun."""
