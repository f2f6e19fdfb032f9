"""What goes to the bank: a BACS Standard 18 file and a CSV for each released run, to be had once."""
