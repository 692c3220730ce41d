"""A language model's words, and the guard that lets through what the plan holds."""
