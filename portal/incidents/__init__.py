"""安全事件 (办法第二十一条): reported at first time, handled on record, the page taken down, posting closed.

Whoever notices something, a person or a sweep, calls `report`; for a machine of one `key` there is one open incident.
"""

from portal.incidents.reporting import report

__all__ = ["report"]
