"""Named reads of disclosure, by noun."""
