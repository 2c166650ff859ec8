"""What change of a recipe would make a refuted claim true."""
