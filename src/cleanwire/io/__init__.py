"""Input and output: names and places of files, decoding, atomic writes, the undo store, worker processes."""
