"""The radar on the desk: the board, its numbers, the visits, the package of a quarter."""
