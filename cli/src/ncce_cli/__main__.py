"""`python -m ncce_cli …`, which is what ./ncce becomes."""

from ncce_cli.app import main

main()
