"""Files under random names: what was uploaded, and what was made of it.

Owns: the folder `blobs` of the data folder.
Promises: a blob is complete or absent, never changes, and its name says nothing about what is in it.
Never: keeps an uploaded name on the disk, or lets a name lead outside the folder.
"""
