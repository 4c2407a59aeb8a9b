"""Pages of update limits, reminder slips and the lists they lead to."""
