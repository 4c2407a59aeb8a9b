"""The Django project and the foundation: sites, departments, people, audit, working days, workflow."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
