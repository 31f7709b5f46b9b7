"""What in a mail was said before: how mail programs mark, introduce and sign, by language."""
