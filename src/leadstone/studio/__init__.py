"""The staff door: server-rendered pages that fetch, call and render."""
