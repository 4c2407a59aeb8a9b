"""Reports on the desk, each with its workbook."""
