"""Tables of the establishment: figures that lead somewhere, and the lists that they lead to."""
