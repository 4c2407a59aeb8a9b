"""What is typed, cleaned, by noun. Nothing here saves."""
