"""Who stands at the door: the guard before every sign-in and, where set up, the office's directory and provider.

None of them gives a power: what a person may do is granted in the ledger (办法第十九条).
"""
