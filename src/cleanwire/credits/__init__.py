"""Photo credits: which lines hold one, and what in it is label, name and agency."""
