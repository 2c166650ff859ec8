"""Whether verdicts come out the same from fresh seeds."""
