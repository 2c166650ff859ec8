"""What is trained and how, in Keras's words; its changes, its script."""
