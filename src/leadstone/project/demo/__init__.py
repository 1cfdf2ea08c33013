"""The demo company Ciepło Polskie: heating audits in Warszawa and Poznań, with ninety days of its life.

Owns: the invented people, documents and figures; every address ends in a domain that RFC 2606 keeps for examples.
Promises: the same people and figures on every machine, told relative to today; made through the flows of the product.
Never: sends a mail, or touches an installation that already has a company.
"""
