"""What leaves: a mail composed, signed and handed over, once."""
