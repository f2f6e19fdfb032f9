"""Looking again at everybody in a scheme, under other rules or the same: dry runs, migrations, rechecks."""
