"""The sandbox's page: phones side by side, a clock to turn, the file of every case, and a guided tour."""
