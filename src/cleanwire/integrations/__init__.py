"""Guests: only what a host forces to be a class of ours.  All else is a recipe in ``docs/recipes.md``."""
