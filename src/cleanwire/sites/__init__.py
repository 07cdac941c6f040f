"""What a site repeats on its pages: templates, which are learned, kept in files, merged, and looked lines up in."""
