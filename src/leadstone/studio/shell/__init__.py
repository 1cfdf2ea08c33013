"""The frame of every page: who may enter, in which language and theme, and what stands around the content."""
