"""Letters: what must be told to whom about which case, who hears it, and the messages that it became."""
