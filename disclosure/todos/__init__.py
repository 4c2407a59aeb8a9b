"""What waits for a person in disclosure, and its places on the desk."""
