"""Columns: the tree, its readers, who holds which power on it, the routes its texts travel."""
