"""Who trains: processes of one's own, joblib's, or a Dask cluster."""
