"""What grows with the size of a city, measured: run one with `.venv/bin/python -m bench.NAME`."""
