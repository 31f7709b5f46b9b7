"""A believable shop to look at: Fernhill Outfitters, its people, and what its customers wrote."""
