"""Pages of interaction, by noun: `public` for whoever takes part, `desk` for those who handle it."""
