"""The units of the desk and the tree that they form, the groups in which they work, and the places that are theirs."""
