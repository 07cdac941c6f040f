"""Records in, records out: what people keep texts in, read and written a block at a time."""
