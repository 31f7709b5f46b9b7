"""What a customer's words say, read without a database: text in, findings out."""
