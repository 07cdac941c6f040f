"""Page mode: numbers about each paragraph of a page, and the trees that score them."""
