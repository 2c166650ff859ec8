"""How vague words are read in all documents: for how many seeds, and how near to a printed figure."""

RELIABLY = 0.9
RELIABLY_BECAUSE = "a reader who runs the printed code should see it in nine runs out of ten"

MOSTLY = 0.5
MOSTLY_BECAUSE = "seen in one run, it is read as what most readers see: in more than half of the runs"

# A reader takes an accuracy that is a percentage point off for about the same; losses have no such scale of
# their own, so theirs is a share of the printed one. Round-off in float32 decides nothing.
PERCENTAGE_POINT = 0.01 + 1e-6
TENTH = 0.1
