"""Things that are sent by post: stock, parcels, and one a household.

Owns: Stock, Parcel.
Promises: the stock that is shown is the stock that is there.
Never: sends a second one to the same household, or promises what is gone.
"""
