# SPDX-License-Identifier: Apache-2.0
"""What a VOEvent says, for judging it."""

import datetime
from xml.etree import ElementTree


def _first(packet, name):
    for element in ElementTree.fromstring(packet).iter():
        if element.tag.rpartition("}")[2] == name:
            return element
    return None


def time_seconds(packet):
    """The time of an event, in seconds since 1970, UTC."""
    text = _first(packet, "ISOTime").text.strip().rstrip("Z")
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc).timestamp()


def error_seconds(packet):
    """The standard error of that time; None if the event does not know it."""
    for child in _first(packet, "Time"):
        if child.tag.rpartition("}")[2] == "Error":
            return float(child.text)
    return None


def parameters(packet, group):
    """The parameters of a group: values by name."""
    for element in ElementTree.fromstring(packet).iter():
        if element.tag.rpartition("}")[2] == "Group" and element.get("name") == group:
            return {child.get("name"): child.get("value") for child in element if child.get("name")}
    return {}
