"""State tables of assessment."""
