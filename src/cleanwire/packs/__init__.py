"""Rule packs: the rules, the loader that checks them, and the cache of parsed packs."""
