"""A notebook becomes a specification: claim files as a person would draft them, which run at once."""
