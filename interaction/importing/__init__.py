"""Tables that come in to interaction, by noun: read and judged line by line. Nothing here saves."""
