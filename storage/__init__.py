"""What is remembered: the tables, and the ports of the domain over them, on SQLite and PostgreSQL alike."""
