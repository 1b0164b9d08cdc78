"""An SMTP server for tests: keeps every message it takes and can be told to refuse.

It listens on a free port of 127.0.0.1, prints {"port": N} as its first line, and appends each accepted
message to --out as one JSON line. It ends when its standard input is closed, so that it cannot outlive the
test that started it.
"""

import argparse
import asyncio
import email
import email.policy
import json
import logging
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult


def body_of(message, kind):
    part = message.get_body(preferencelist=(kind,))
    return None if part is None else part.get_content()


def as_json(envelope, encrypted):
    message = email.message_from_bytes(envelope.content, policy=email.policy.default)
    return {
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos,
        "subject": str(message["subject"] or ""),
        "headers": {name.lower(): str(value) for name, value in message.items()},
        "text": body_of(message, "plain"),
        "html": body_of(message, "html"),
        "encrypted": encrypted,
        "raw": envelope.content.decode("utf-8", "replace"),
    }


class Sink:
    """Takes messages into a file, after refusing as many as it was told to."""

    def __init__(self, out, refuse, refusal, delay):
        self.out = out
        self.refusals_left = refuse
        self.refusal = refusal
        self.delay = delay

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.delay)
        if self.refusals_left > 0:
            self.refusals_left -= 1
            return self.refusal
        self.out.write(json.dumps(as_json(envelope, session.ssl is not None)) + "\n")
        self.out.flush()
        return "250 kept"


def authenticator(user, password):
    def check(server, session, envelope, mechanism, data):
        given = (data.login.decode(), data.password.decode())
        return AuthResult(success=given == (user, password), handled=False)

    return check


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True, help="file that the messages are appended to")
    parser.add_argument("--refuse", type=int, default=0, metavar="N", help="refuse the first N messages")
    parser.add_argument("--refusal", default="451 try again later", help="the answer to those")
    parser.add_argument("--delay", type=float, default=0, metavar="S", help="take S seconds over a message")
    parser.add_argument("--certificate", help="PEM file; offers STARTTLS and takes passwords only after it, with --key")
    parser.add_argument("--key", help="PEM file of the certificate's private key")
    parser.add_argument("--user", help="demand this user, with --password")
    parser.add_argument("--password", default="")
    return parser.parse_args()


async def main():
    args = arguments()
    options = {"enable_SMTPUTF8": True}
    if args.user is not None:
        # Without a certificate a password in clear text is what the test wants: nothing leaves the machine.
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")
        options |= {
            "authenticator": authenticator(args.user, args.password),
            "auth_required": True,
            "auth_require_tls": args.certificate is not None,
        }
    if args.certificate is not None:
        options["tls_context"] = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        options["tls_context"].load_cert_chain(args.certificate, args.key)
    with open(args.out, "a", encoding="utf-8") as out:
        sink = Sink(out, args.refuse, args.refusal, args.delay)
        server = await asyncio.get_running_loop().create_server(lambda: SMTP(sink, **options), "127.0.0.1", 0)
        print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
        await asyncio.to_thread(sys.stdin.buffer.read)
        server.close()


asyncio.run(main())
