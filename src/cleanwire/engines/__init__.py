"""Engines that clean on many machines: one module for each, over `cleanwire.arrow.clean_batch`."""
