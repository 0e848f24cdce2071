"""What grid workers press and reply, in their group."""
