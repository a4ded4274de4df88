"""An SMTP server on a free port of 127.0.0.1 that keeps each message it accepts in FOLDER.

smtp_server.py FOLDER: prints the port; ends when its standard input does. A recipient whose name
begins with "refused" is refused.
"""
import os
import socket
import sys

from aiosmtpd.controller import Controller


class Keep:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = f"{self.count:03d}-{envelope.rcpt_tos[0]}.eml"
        with open(os.path.join(self.folder, name), "wb") as message:
            message.write(envelope.content)
        return "250 kept"


with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
controller = Controller(Keep(sys.argv[1]), hostname="127.0.0.1", port=port)
controller.start()
print(port, flush=True)
sys.stdin.read()
controller.stop()
