"""What templates ask disclosure for."""
