"""Excel out, by noun."""
