"""转派 and 退单: a unit passes a case on to another, or does not take what was passed on to it."""
