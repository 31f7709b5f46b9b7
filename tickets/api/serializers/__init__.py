"""The shapes that the API speaks: requests are checked by them, and the schema is made from them."""
