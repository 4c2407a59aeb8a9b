"""Pages of scores: boards for readers; rounds, units, points, objections and schemes on the desk."""
