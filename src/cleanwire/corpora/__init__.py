"""Many files, large files: cleaned by many processes, in order, in bounded memory, and gone on with after a crash."""
