"""A question understood: what it names and asks for, of which plans, after what was asked before."""
