"""Records of what was found: written, read back, kept as a baseline, compared with it."""
