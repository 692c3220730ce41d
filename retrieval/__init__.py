"""The index, and everything from a question to a verified answer. Knows nothing of any chat."""
