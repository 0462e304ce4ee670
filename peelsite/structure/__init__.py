"""Forces and how they are made up, for programs: above accounts, as it asks what the caller may see."""
