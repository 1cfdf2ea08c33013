"""One folder for each outside service, made by copying one; a domain or infra states the Protocol."""
