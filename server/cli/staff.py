"""`staff add`: makes an account for staff and prints its pass, once."""

from __future__ import annotations

import argparse
import getpass

from server.app import StartError
from server.cli.common import add_house, add_json, house, show, telling

HELP = "make accounts for staff"
ROLES = ("organiser", "facilitator", "officer", "observer")


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    actions = parser.add_subparsers(dest="action", required=True)
    new = actions.add_parser("add", help="make an account and print its pass")
    new.add_argument("--name", required=True, help="what the person signs in with")
    new.add_argument("--role", required=True, choices=ROLES)
    new.add_argument("--group", action="append", help="a group that a facilitator runs; repeat for more (default: all)")
    new.add_argument("--password", action="store_true", help="ask for a password, so that the person can sign in")
    add_house(new)
    add_json(new)


@telling
def run(args: argparse.Namespace) -> int:
    """Make the account."""
    password = getpass.getpass("Password: ") if args.password else None
    if args.group and args.role != "facilitator":
        raise StartError("malformed", "Only a facilitator has groups; leave --group out.")
    with house(args) as app:
        secret = app.add_staff(args.name, args.role, args.group, password)
    show(args, {"name": args.name, "role": args.role, "groups": args.group, "pass": secret}, secret)
    return 0
