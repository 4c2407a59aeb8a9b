"""工作台: the composition root that gathers what waits for a person from every app."""
