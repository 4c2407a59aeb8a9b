"""Named reads of interaction, by noun."""
