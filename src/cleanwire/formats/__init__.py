"""Records in, records out: the file formats, read and written a block at a time."""
