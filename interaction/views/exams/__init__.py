"""网上考试: sat in public pages, prepared, run, marked and read on the desk."""
