"""What is possible in a sandbox alone: moving its clock, and beginning again."""
