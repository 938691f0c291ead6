"""The intermediate representation.  Passes are written on these few frozen nodes, not on libcst's: libcst describes
concrete syntax, loses its metadata with every change, and has a node for each spelling of one thing."""
