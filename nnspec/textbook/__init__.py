"""The methods of the documents written out in NumPy, to check them by."""
