"""What of a plan may answer, how sure that is, and how it is told."""
