"""What training costs, here and elsewhere, and compared with last time."""
