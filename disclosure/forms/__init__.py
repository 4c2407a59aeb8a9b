"""Input of disclosure, cleaned; a form never saves."""
