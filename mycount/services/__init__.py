"""What a person can do, one function each. One call is one transaction; what comes back are frozen values."""
