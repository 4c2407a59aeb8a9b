"""依申请公开: asking and following a request, and handling it."""
