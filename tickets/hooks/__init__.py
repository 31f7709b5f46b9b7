"""What mail providers call: mail that came for us, and what became of mail of ours. Anymail checks that it is they."""
