"""What is kept of plans, and the search in it: SQL, vectors, index terms."""
