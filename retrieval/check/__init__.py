"""What a plan contradicts itself on."""
