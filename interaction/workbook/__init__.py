"""Tables of interaction that are taken away as Excel workbooks, by noun."""
