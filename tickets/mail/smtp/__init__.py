"""The doors that speak SMTP and LMTP: a mail is taken only when it is stored."""
