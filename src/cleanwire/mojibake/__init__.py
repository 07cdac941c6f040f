"""Mojibake: which lines of a text ftfy must look at."""
