"""What a mail says, from its bytes alone: every room here is pure, never raises and never takes long."""
