"""Input of assessment, cleaned; a form never saves."""
