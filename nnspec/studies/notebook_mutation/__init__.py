"""Whether changes of notebooks are noticed, and how often unchanged ones are called changed."""
