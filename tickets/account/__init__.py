"""Choosing a password: after an invitation, or when the old one is forgotten."""
