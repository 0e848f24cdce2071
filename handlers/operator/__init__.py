"""What whoever runs the desk reads: on the command line, from `doctor`, and about faults in their files."""
