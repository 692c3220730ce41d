"""File to source, a module a format: pages of lines and grids, nothing interpreted."""
