"""What hubs are to deliver in a year, and what they did."""
