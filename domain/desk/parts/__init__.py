"""The parts of the desk that every use case has at hand: finding, recording, telling, cards."""
