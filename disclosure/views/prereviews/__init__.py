"""网上预审: applied for and followed, examined on the desk."""
