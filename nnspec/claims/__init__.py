"""What a document says, how it is read, and how seeds decide it."""
