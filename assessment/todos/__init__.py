"""What waits for a person in assessment, and its places on the desk."""
