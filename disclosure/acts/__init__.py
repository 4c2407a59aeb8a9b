"""Buttons of the desk by verb, by noun: which operation each presses, and what is said afterwards."""
