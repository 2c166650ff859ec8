"""What came out of training, a value for every seed."""
