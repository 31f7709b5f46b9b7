"""The workload of `make bench`: what others were measured on, and what we must reach. Never a timed test."""
