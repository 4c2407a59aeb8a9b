"""Tags of interaction, by noun."""
