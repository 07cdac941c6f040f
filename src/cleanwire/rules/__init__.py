"""What a line can be known by: rule packs, and the matchers compiled from them."""
