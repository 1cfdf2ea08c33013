"""The business, one package a noun; an upper noun may use a lower one, never back."""
