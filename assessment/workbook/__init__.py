"""Documents to take away: workbooks and the package of evidence."""
