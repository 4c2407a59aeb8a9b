"""The admin of disclosure: what is set up once. Work itself is on the desk."""

from disclosure.admin.categories import CategoryAdmin, IssuerAdmin

__all__ = ["CategoryAdmin", "IssuerAdmin"]
