"""What a line can be known by from its shape and its place among the others."""
