"""办事事项: found and read by everybody, written and approved on the desk."""
