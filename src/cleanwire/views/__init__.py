"""The layouts in which texts come, one a module: which texts have it, and what a reader sees of them."""
