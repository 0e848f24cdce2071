"""What a case costs, and what grows with a city, measured: run one with `.venv/bin/python -m bench.NAME`."""
