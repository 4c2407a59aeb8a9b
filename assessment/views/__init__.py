"""Pages of assessment: parse, ask an operation, render."""
