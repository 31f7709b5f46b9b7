"""What the API answers, as plain dictionaries: built by hand, since a list is read far more often than it is changed."""
