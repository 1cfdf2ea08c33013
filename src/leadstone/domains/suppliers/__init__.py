"""Who sells us leads, what we accepted of them, what is owed back, and whom we have to tell.

Owns: Supplier, Batch, Purchase, Notice.
Promises: each lead that was bought has a price, a source, and a day by which the person is told.
Never: lets a lead without a basis be written to.
"""
