"""How what people say becomes themes: terms, gathering, names, and what answers them. Pure and deterministic."""
