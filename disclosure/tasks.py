"""The app's sweeps, gathered for Celery to find."""
