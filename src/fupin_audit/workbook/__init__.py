"""From files to a delivery: files and folders enter, the typed rows of every ledger leave, each cell with its address.

In the order of the way: files → formats → recognising → converting → assembling.
"""
