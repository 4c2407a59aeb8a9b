"""The admin of interaction: letterboxes and their matters. Work itself is on the desk."""

from interaction.admin.letterboxes import LetterboxAdmin

__all__ = ["LetterboxAdmin"]
