"""What every room uses: checks of input, files, descriptions."""
