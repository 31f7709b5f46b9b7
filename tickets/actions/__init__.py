"""The verbs: whatever changes a ticket is here, and every door calls the same one."""
