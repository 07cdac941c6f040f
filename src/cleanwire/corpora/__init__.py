"""Many or large files: cleaned by several processes, in order, in bounded memory, and resumable after a crash."""
