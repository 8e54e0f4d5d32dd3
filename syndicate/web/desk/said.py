"""Sentences and names that pages show and other rooms write: listed here so that translators find them."""

from syndicate.web.words import N_

ROLES = (N_("admin"), N_("editor"), N_("viewer"))
REFUSALS = (
    N_("This e-mail address and this password do not belong together."),
    N_("This code is not valid, or was used already. Wait for the next one."),
    N_("This link was used already, or is older than an hour. Ask for another."),
    N_("You have no account at this desk: ask one of its admins."),
    N_("A password has at least 8 characters."),
    N_("Not an e-mail address."),
    N_("Not a time zone: write it such as Asia/Yerevan."),
    N_("There is no such page at the desk."),
    N_("This page was opened before you last signed in. Nothing was changed."),
    N_("You are signed out."),
    N_("No such thing here"),
    N_("This key or person may not do that"),
    N_("Please look again and send it once more"),
    N_("You were signed out meanwhile"),
    N_("Some fields are wrong"),
    N_("A newsroom rule forbids this"),
    N_("Somebody was faster"),
    N_("Please try again in a moment"),
)
