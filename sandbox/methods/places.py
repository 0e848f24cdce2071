"""Points on the map, visiting cards and dice."""

from sandbox.calls import Call
from sandbox.content import Contact, Dice, Location, Venue
from sandbox.errors import bad_request
from sandbox.jsons import Json
from sandbox.methods.registry import method
from sandbox.methods.sending import send

POLE, DATE_LINE = 90, 180


@method("sendLocation", paced=True)
def send_location(call: Call) -> Json:
    """Send a point on the map."""
    return send(call, _location(call))


@method("sendVenue", paced=True)
def send_venue(call: Call) -> Json:
    """Send a point with a name and an address."""
    return send(call, Venue(_location(call), call.params.text("title"), call.params.text("address")))


@method("sendContact", paced=True)
def send_contact(call: Call) -> Json:
    """Send somebody's visiting card."""
    phone_number, first_name = call.params.text("phone_number"), call.params.text("first_name")
    if not phone_number or not first_name:
        raise bad_request("PHONE_NUMBER_INVALID" if not phone_number else "first name must be non-empty")
    more = call.params.text("last_name") or None, None, call.params.text("vcard") or None
    return send(call, Contact(phone_number, first_name, *more))


@method("sendDice", paced=True)
def send_dice(call: Call) -> Json:
    """Throw a die; the throws of a world follow one another without chance."""
    value = next(call.stage.ground.serials) % 6 + 1
    return send(call, Dice(call.params.text("emoji") or "🎲", value))


def _location(call: Call) -> Location:
    if "latitude" not in call.params or "longitude" not in call.params:
        raise bad_request("latitude is empty" if "latitude" not in call.params else "longitude is empty")
    latitude, longitude = call.params.number("latitude"), call.params.number("longitude")
    if abs(latitude) > POLE or abs(longitude) > DATE_LINE:
        raise bad_request("wrong location specified")
    accuracy = call.params.number("horizontal_accuracy") or None
    return Location(latitude, longitude, accuracy, call.params.integer("live_period") or None)
