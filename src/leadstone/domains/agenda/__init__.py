"""What somebody of the staff does next, for whom, and why.

Owns: PutOff.
Promises: the queue names a reason for its order; what is put off comes back.
Never: hides a lead for good.
"""
