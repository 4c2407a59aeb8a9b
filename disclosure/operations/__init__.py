"""What changes something in disclosure, by noun: the only writers."""
