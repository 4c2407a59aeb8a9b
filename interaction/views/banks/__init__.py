"""题库 on the desk: the banks, their questions, Excel in and out."""
