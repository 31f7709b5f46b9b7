"""The endpoints: each gets its object through access, calls one verb, and answers."""
