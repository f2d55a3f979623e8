"""A real SMTP server for tests, made of Debian's aiosmtpd: it takes every message and keeps it.

Each message becomes FOLDER/0001.eml and so on, byte for byte, and its envelope a line of FOLDER/envelopes.jsonl. What
is refused becomes FOLDER/refused-0001 and so on, and every MAIL, RCPT and DATA a line of FOLDER/commands.jsonl.
Once it listens it prints its port on a line of its own.
"""

import argparse
import asyncio
import json
import os
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Recorder:
    def __init__(self, options):
        self.options = options
        self.refusals = options.refuse
        self.messages = 0

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        self.note("commands.jsonl", {"command": "MAIL", "address": address})
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        self.note("commands.jsonl", {"command": "RCPT", "address": address})
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.note("commands.jsonl", {"command": "DATA", "address": None})
        await asyncio.sleep(self.options.delay)
        if self.refusals > 0:
            self.keep(f"refused-{self.refusals:04}", envelope.content)
            self.refusals -= 1
            return self.options.refusal
        self.messages += 1
        name = f"{self.messages:04}.eml"
        self.keep(name, envelope.content)
        self.note("envelopes.jsonl", {
            "file": name,
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "user": session.auth_data,
            "tls": session.ssl is not None or self.options.implicit_tls,
        })
        return "250 OK"

    def note(self, list, line):
        with open(os.path.join(self.options.folder, list), "a") as file:
            file.write(json.dumps(line) + "\n")

    def keep(self, name, content):
        path = os.path.join(self.options.folder, name)
        with open(path + ".part", "wb") as file:
            file.write(content)
        os.rename(path + ".part", path)

    def authenticate(self, server, session, envelope, mechanism, data):
        given = data.login.decode() + ":" + data.password.decode()
        known = given == self.options.credentials
        return AuthResult(success=known, handled=False, auth_data=data.login.decode() if known else None)


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", help="where messages are kept")
    parser.add_argument("--port", type=int, default=0, help="where it listens; 0 lets the system choose")
    parser.add_argument("--certificate", help="PEM file of certificate and key")
    parser.add_argument("--start-tls", action="store_true", help="nothing is taken before STARTTLS")
    parser.add_argument("--implicit-tls", action="store_true", help="TLS from the first byte")
    parser.add_argument("--credentials", help="USER:PASSWORD, without which nothing is taken")
    parser.add_argument("--refuse", type=int, default=0, help="how many messages are refused before one is taken")
    parser.add_argument("--refusal", default="451 4.3.0 try again later", help="the reply that refuses")
    parser.add_argument("--delay", type=float, default=0, help="seconds before a message is answered")
    return parser.parse_args()


async def serve(options):
    tls = None
    if options.certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(options.certificate)
    recorder = Recorder(options)

    def conversation():
        return SMTP(
            recorder,
            hostname="localhost",
            enable_SMTPUTF8=True,
            tls_context=tls if options.start_tls else None,
            require_starttls=options.start_tls,
            authenticator=recorder.authenticate if options.credentials else None,
            auth_required=bool(options.credentials),
            auth_require_tls=False,
        )

    loop = asyncio.get_running_loop()
    implicit = tls if options.implicit_tls else None
    server = await loop.create_server(conversation, "127.0.0.1", options.port, ssl=implicit)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve(parse()))
