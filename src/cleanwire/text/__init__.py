"""Text helpers that know neither packs nor documents: folding and the shape of lines."""
