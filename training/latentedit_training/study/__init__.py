"""Studies: many runs, and what they come to in tables and plots."""
