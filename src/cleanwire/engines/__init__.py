"""Doors to engines that clean with many machines: one module an engine, each over `cleanwire.arrow.clean_batch`."""
