"""The admin of disclosure: what is set up once. Work itself is on the desk."""

from disclosure.admin.offices import OfficeAdmin

__all__ = ["OfficeAdmin"]
