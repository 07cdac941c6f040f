"""Bytes, files and processes: decoding, atomic replacement, the undo store, ordered workers."""
