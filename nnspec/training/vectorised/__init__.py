"""Any compiled Keras model from all seeds at once: Keras on JAX, in a process of its own."""
