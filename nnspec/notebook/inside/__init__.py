"""What runs in the kernel of a notebook: it writes down what is trained, and changes nothing of it."""
