"""Pages of disclosure: parse, call an operation, render."""
