"""One run over many claims: what is judged, begun ahead, kept, and how long it still takes."""
