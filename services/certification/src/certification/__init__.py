"""Credits, components, diagnostics and certificates."""
