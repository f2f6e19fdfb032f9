"""What the bank sends back after a run's file: imported, matched to payments, and the rest settled by two people."""
