"""The story of a document: where its body lies, and which title, byline and date belong to it."""
