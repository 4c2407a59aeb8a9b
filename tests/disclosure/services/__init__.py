"""网上办事: items and guides, pre-reviews, results, and all who may do what."""
