"""The two ways to receive updates: asking for them, and being posted them."""

import re
from urllib.parse import urlsplit

from sandbox.bots import Bot
from sandbox.calls import Call
from sandbox.errors import bad_request, conflict
from sandbox.jsons import Json
from sandbox.methods.registry import method
from sandbox.webhook import Webhook

BATCH_LIMIT = 100
LONGEST_POLL = 50
CONNECTIONS = range(1, 101)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
NO_WEBHOOK: Json = {"url": "", "has_custom_certificate": False}


@method("getUpdates")
async def get_updates(call: Call) -> list[Json]:
    """Return what is pending, waiting for the first update if asked to."""
    if call.bot.webhook:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _remember_allowed(call)
    limit = min(max(call.params.integer("limit", BATCH_LIMIT), 1), BATCH_LIMIT)
    seconds = min(call.params.integer("timeout"), LONGEST_POLL)
    return await call.bot.updates.poll(call.params.integer("offset"), limit, seconds)


@method("setWebhook")
async def set_webhook(call: Call) -> bool:
    """Have updates posted to an address from now on."""
    url = call.params.text("url")
    if not url:
        return await delete_webhook_of(call)
    secret = call.params.text("secret_token")
    connections = call.params.integer("max_connections", 40)
    _check(url, secret)
    call.bot.updates.interrupt(conflict("terminated by setWebhook request"))
    await _stop(call.bot)
    _remember_allowed(call)
    _drop_pending(call)
    call.bot.webhook = Webhook(
        url=url,
        queue=call.bot.updates,
        courier=call.stage.courier,
        now=call.stage.ground.now,
        secret_token=secret,
        max_connections=connections if connections in CONNECTIONS else 40,
        ip_address=call.params.text("ip_address"),
        has_custom_certificate=call.params.upload("certificate") is not None,
    )
    call.bot.webhook.start()
    return True


@method("deleteWebhook")
async def delete_webhook(call: Call) -> bool:
    """Go back to asking for updates."""
    return await delete_webhook_of(call)


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    """Return where updates are posted to, and how that goes."""
    if call.bot.webhook:
        return call.bot.webhook.card()
    return NO_WEBHOOK | {"pending_update_count": len(call.bot.updates)}


async def delete_webhook_of(call: Call) -> bool:
    """End the delivery by webhook of the calling bot."""
    await _stop(call.bot)
    _drop_pending(call)
    return True


async def _stop(bot: Bot) -> None:
    webhook, bot.webhook = bot.webhook, None
    if webhook:
        await webhook.stop()


def _remember_allowed(call: Call) -> None:
    if "allowed_updates" in call.params:
        call.bot.updates.allowed = [str(kind) for kind in call.params.json_array("allowed_updates")]


def _drop_pending(call: Call) -> None:
    if call.params.flag("drop_pending_updates"):
        call.bot.updates.clear()


def _check(url: str, secret: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not SECRET.fullmatch(secret):
        raise bad_request("bad webhook: secret token contains unallowed characters")
