"""What was found of a notebook as one HTML file and as Markdown."""
