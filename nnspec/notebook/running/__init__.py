"""A notebook is run once, from the top, in a kernel of its own, within limits."""
