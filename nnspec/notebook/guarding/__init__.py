"""A notebook as a test: its printed figures and orders against what runs give today."""
