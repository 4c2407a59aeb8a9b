"""The only writers of interaction, by noun."""
