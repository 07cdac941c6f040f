"""Integrations: only classes that a host library requires; everything else is a recipe in ``docs/recipes.md``."""
