"""File to typed plan. Knows nothing of search or chat."""
