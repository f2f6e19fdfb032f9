"""Identity's database, revision by revision."""
