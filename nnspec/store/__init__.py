"""Trained runs on disk under a hash of all that can change them."""
