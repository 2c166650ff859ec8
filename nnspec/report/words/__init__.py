"""What the report says in words: readings, suggestions, comparisons."""
