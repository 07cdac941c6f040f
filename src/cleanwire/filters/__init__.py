"""The acts: one filter, one file; each looks at a document and proposes edits, and none knows another."""
