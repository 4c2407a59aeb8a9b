"""来信: writing and following one, and handling them."""
