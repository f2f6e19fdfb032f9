"""The register of schools, as far as it decides anything."""
