"""评比: on the desk, and as readers see it."""
