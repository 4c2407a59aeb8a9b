"""办理公示: looked up by everybody, entered and published on the desk."""
