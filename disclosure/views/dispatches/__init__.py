"""Pages of 公文签收."""
