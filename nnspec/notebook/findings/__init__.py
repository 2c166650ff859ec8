"""What is found in a notebook without running it, a file for each kind."""
