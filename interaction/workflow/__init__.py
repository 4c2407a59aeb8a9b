"""The state tables of interaction, by noun."""
