"""Metrics for Prometheus: what waits, what went, what failed, and how long things took."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from domain.letters.letter import Priority


class Metrics:
    """The figures of one process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter(
            "minhu_updates_total", "Updates handled, by how they ended", ["outcome"], registry=self.registry
        )
        self.handling = Histogram(
            "minhu_handling_seconds", "Time from taking an update up to keeping its work", registry=self.registry
        )
        self.letters = Counter(
            "minhu_letters_total",
            "Letters handed to Telegram, by kind and outcome",
            ["kind", "outcome"],
            registry=self.registry,
        )
        self.ambiguous = Counter(
            "minhu_ambiguous_sends_total",
            "Sends whose answer was lost, and that may have arrived",
            registry=self.registry,
        )
        self.inbox_waiting = Gauge("minhu_inbox_waiting", "Updates that wait to be handled", registry=self.registry)
        self.inbox_parked = Gauge("minhu_inbox_parked", "Updates put aside as unhandled", registry=self.registry)
        self.outbox_waiting = Gauge(
            "minhu_outbox_waiting", "Letters that wait, by priority", ["priority"], registry=self.registry
        )
        self.open_cases = Gauge("minhu_open_cases", "Cases that are open", registry=self.registry)
        self.files_missing = Gauge("minhu_files_missing", "Evidence not fetched", ["reason"], registry=self.registry)
        self.telegram_silence = Gauge(
            "minhu_telegram_silence_seconds", "Time since Telegram last answered", registry=self.registry
        )

    def show(
        self,
        inbox: dict[str, int],
        outbox: dict[Priority, int],
        missing: dict[str, int],
        open_cases: int,
        silence: float,
    ) -> bytes:
        """Return everything in Prometheus' text format, with the queues as they are now."""
        self.inbox_waiting.set(inbox["waiting"])
        self.inbox_parked.set(inbox["parked"])
        for priority in Priority:
            self.outbox_waiting.labels(priority.name.lower()).set(outbox.get(priority, 0))
        self.files_missing.clear()
        for reason, count in missing.items():
            self.files_missing.labels(reason).set(count)
        self.open_cases.set(open_cases)
        self.telegram_silence.set(silence)
        return generate_latest(self.registry)
