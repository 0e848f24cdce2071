"""Cases: their life, the promises about them, who works on them, and the drafts that they come from."""
