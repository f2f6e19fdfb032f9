"""What is owed and approved beside claims of bursaries, for payment runs to take."""
