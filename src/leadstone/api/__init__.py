"""The machine door: what other programs may ask and tell, under `/api/v1`.

Owns: nothing; it asks services and queries, as every door does.
Promises: each address is in `/api/openapi.json`; a mistake is answered by RFC 9457.
Never: opens without a key.
"""
