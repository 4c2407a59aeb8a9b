"""Excel workbooks of assessment."""
