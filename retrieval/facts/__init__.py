"""What is looked up in a plan's facts, listed and computed."""
