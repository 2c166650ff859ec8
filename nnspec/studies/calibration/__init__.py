"""Whether verdicts are wrong as seldom as they promise."""
