"""离岗交接 (办法第十条, 教育局第十五条): who may do what about it, and what the desk reads. Nothing here writes."""
