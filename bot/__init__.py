"""One conversation core and one thin module for each chat."""
