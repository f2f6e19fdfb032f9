"""What people are told about their places and their runs. Identity sends it: only there is known where."""
