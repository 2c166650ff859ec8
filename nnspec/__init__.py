"""nnspec: the executable specification of what documents claim about neural networks."""
