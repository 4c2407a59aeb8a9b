"""Bulletins: drafted on the desk, read by everybody once issued."""
