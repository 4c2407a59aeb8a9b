"""Pages of polls and appraisals."""
