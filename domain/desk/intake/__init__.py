"""What residents bring in: a draft becomes a case, and what they say later is added to it."""
