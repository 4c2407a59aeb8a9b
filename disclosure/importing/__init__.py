"""Files read into what the operations take; nothing here saves."""
