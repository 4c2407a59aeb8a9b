"""The address book for whoever comes from no registered address: the admin's addresses never were."""

from portal.urls import everybody, handler400, handler403, handler404, handler500

urlpatterns = everybody

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
