"""What is sent to the organisation that decides on chartered status, and what it decides."""
