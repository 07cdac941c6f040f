"""Programs for work on cleanwire, run by make targets; none of them is part of the package."""
