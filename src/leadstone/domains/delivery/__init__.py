"""Messages on their way out: one row a message and recipient, and the one gate that they pass.

Owns: Mailing, Message, Host.
Promises: nobody gets the same message twice, nobody is skipped silently: targeted = sent + excluded + failed + unknown + pending.
Never: sends without a decision of the gateway, or from a host that nobody admitted.
"""
