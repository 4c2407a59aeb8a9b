"""公开目录: kept on the desk, found by the public, given to libraries and archives."""
