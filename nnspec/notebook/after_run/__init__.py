"""What a notebook prints against what its run did: exact, without training again and without chance."""
