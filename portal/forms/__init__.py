"""What is typed on the foundation's pages, cleaned. Nothing here saves."""
