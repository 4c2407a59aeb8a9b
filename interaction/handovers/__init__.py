"""What somebody who leaves has open in interaction, by noun."""

from interaction.handovers import activities

__all__ = ["activities"]
