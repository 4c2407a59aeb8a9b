"""检查: the list and the plan, the sheet that is filled on the spot, what comes of it."""
