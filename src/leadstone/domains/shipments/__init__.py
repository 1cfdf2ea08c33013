"""Things that are sent by post: stock, parcels, and one a household.

Owns: Stock, Movement, Parcel, ServedHousehold.
Promises: the stock that is shown is the stock that is there; what is set aside for somebody is given to nobody else.
Never: sends a second one to the same household, or promises what is gone.
"""
