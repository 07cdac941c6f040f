"""Tables of phrases and patterns compiled from packs, and the matcher that looks lines up in them."""
