"""The machine at hand: TensorFlow's import, threads, memory, installed versions."""
