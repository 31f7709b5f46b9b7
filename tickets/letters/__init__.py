"""The texts of the mails that the system itself writes: shipped as files, rewritten by the house or a team.

A letter is a text with placeholders. `kinds` says which letters there are and what each knows, `shipped` reads the files,
`filling` checks a text and fills it, `in_force` answers with the text that holds now.
"""
