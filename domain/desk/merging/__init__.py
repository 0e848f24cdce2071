"""Cases about one matter (难事归并): merged, unmerged, and what followers live through with their main case."""
