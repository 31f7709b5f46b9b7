"""Mail fetched from mailboxes of others; imap-tools is the transport, and what a mail is decides our own parser."""
