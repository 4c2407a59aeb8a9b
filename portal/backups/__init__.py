"""备份与恢复 (办法第二十条第4项, SJ-14): a backup counts once it was stored, read again and found whole (ADR 19).

`running` makes one, `restoring` lays one out in an empty folder, `drills` proves that it starts there. What a backup is
stored in is a store (`stores`); the database is taken by one of `databases`; `timetable` is the sweep that does it daily.
"""
