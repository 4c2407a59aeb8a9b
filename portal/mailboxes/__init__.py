"""公务邮箱 (慈溪第十八至二十二条): who may do what, and what the directory and the desk read. Nothing here writes."""
