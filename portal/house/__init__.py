"""The house as the 网管 sees it: what `portal.watch` is told of by the foundation itself, the alarm, the logs."""
