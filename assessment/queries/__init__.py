"""Named reads of assessment."""
