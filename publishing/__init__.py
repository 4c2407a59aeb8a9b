"""Publishing: articles, their revisions, review and publication."""
