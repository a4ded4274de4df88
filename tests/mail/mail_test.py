"""Sends through mail_driver to an aiosmtpd server that behaves as each test says."""
import asyncio
import logging
import email
import email.policy
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

DRIVER = sys.argv[1]
logging.disable(logging.CRITICAL)  # what the server thinks of bad clients
PASSWORD = "canary-4444001"


class Server:
    """Keeps what it accepted; `replies` maps a recipient to what happens to their message."""

    def __init__(self):
        self.accepted = []
        self.raw = []
        self.connections = set()
        self.replies = {}
        self.data_begun = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = self.replies.get(address, "")
        if reply.startswith("rcpt "):
            return reply[5:]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.connections.add(session.peer)
        self.data_begun += 1
        what = [self.replies.get(to, "") for to in envelope.rcpt_tos]
        if "drop" in what:
            server.transport.abort()
            return "250 never heard"
        if "hang" in what:
            await asyncio.sleep(60)
        if what[0].startswith("data "):
            return what[0][5:]
        self.accepted.append(envelope.rcpt_tos)
        self.raw.append(envelope.original_content)
        if "keep and drop" in what:
            server.transport.abort()
        return "250 taken as message %d" % len(self.accepted)


class Case:
    """A folder, a server and a ledger of one test."""

    def __init__(self, tls=None, auth=False, extra=""):
        self.folder = tempfile.mkdtemp()
        self.server = Server()
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        options = {}
        if tls:
            options.update(tls_context=tls, require_starttls=True)
        if auth:
            options.update(auth_required=True, authenticator=lambda server, session, envelope,
                           mechanism, data: AuthResult(success=data.password == PASSWORD.encode()))
        self.controller = Controller(self.server, hostname="127.0.0.1", port=self.port, **options)
        self.controller.start()
        self.job(extra)

    def job(self, extra="", server=None, subject="Annual review, 2021/22"):
        self.ini = os.path.join(self.folder, "job.ini")
        server = server or "smtp://127.0.0.1:%d" % self.port
        with open(self.ini, "w") as f:
            f.write("[email panel]\nto = recipients.csv\nworkbook = csp-annual-review\n"
                    "subject = %s\ntext = The workbook is attached.\n"
                    "  .a line that begins with a dot\n"
                    "  £36,073 – a long line, which goes on well beyond the seventy-six characters "
                    "that a line of a message may have\n"
                    "reply to = democratic.services@example.org\n"
                    "[smtp]\nserver = %s\nfrom = reports@example.org\n"
                    "from name = Harborough District Council\n%s\n" % (subject, server, extra))

    def run(self, how, *addresses, ledger="ledger"):
        done = subprocess.run([DRIVER, self.ini, os.path.join(self.folder, ledger), "2021/22", how,
                               *addresses], capture_output=True, text=True)
        words = done.stdout.split()
        counts = {words[i]: int(words[i + 1]) for i in range(0, len(words), 2)}
        return done.returncode, {k: v for k, v in counts.items() if v}, done.stderr

    def ledger(self):
        with open(os.path.join(self.folder, "ledger")) as f:
            return f.read()

    def close(self):
        self.controller.stop(no_assert=True)
        shutil.rmtree(self.folder)


TESTS = []


def test(**options):
    def add(function):
        TESTS.append((function, options))
        return function
    return add


def expect(found, wanted):
    assert found == wanted, "found %r, wanted %r" % (found, wanted)


@test()
def sends_each_recipient_one_message_and_never_again(case):
    expect(case.run("send", "a@example.org", "b@example.org")[:2], (0, {"sent": 2}))
    expect(case.server.accepted, [["a@example.org"], ["b@example.org"]])
    expect(len(case.server.connections), 1)
    expect(case.run("send", "a@example.org", "B@Example.ORG")[:2], (0, {"already": 2}))
    expect(case.run("confirm", "a@example.org", "c@example.org")[:2], (0, {"already": 1, "sent": 1}))
    expect(len(case.server.accepted), 3)
    expect(os.stat(os.path.join(case.folder, "ledger")).st_mode & 0o777, 0o600)
    assert "sent\t" in case.ledger() and "taken as message 1" in case.ledger()


@test()
def address_given_twice_gets_one_message(case):
    status, counts, messages = case.run("send", "a@example.org", "A@example.org")
    expect((status, counts), (0, {"sent": 1}))
    assert "[duplicate]" in messages
    expect(len(case.server.accepted), 1)


@test()
def message_says_what_it_should(case):
    case.run("send", "a@example.org")
    raw = case.server.raw[0]
    assert all(line.endswith(b"\r\n") for line in raw.splitlines(keepends=True))
    expect([line for line in raw.splitlines() if len(line) > 78], [])
    message = email.message_from_bytes(raw, policy=email.policy.default)
    expect(message.defects, [])
    expect(str(message["subject"]), "Annual review, 2021/22")
    expect(message["to"].addresses[0].display_name, "Cadeirydd y Pwyllgor, Môn")
    expect(message["to"].addresses[0].addr_spec, "a@example.org")
    expect(len(message["to"].addresses), 1)
    expect(message["from"].addresses[0].display_name, "Harborough District Council")
    expect(message["reply-to"].addresses[0].addr_spec, "democratic.services@example.org")
    expect(message["auto-submitted"], "auto-generated")
    expect(message["date"], "Thu, 30 Jun 2022 16:00:00 +0000")
    assert message["message-id"].endswith("@example.org>")
    text = message.get_body().get_content().replace("\r\n", "\n")
    assert text.startswith("The workbook is attached.\n.a line"), text
    assert "£36,073 – a long line" in text and "a message may have\n" in text
    files = list(message.iter_attachments())
    expect([f.get_filename() for f in files],
           ["csp-annual-review.xlsx",
            "iechyd a lles – chwarter dau, adroddiad llawn i’r pwyllgor.xlsx"])
    expect(files[0].get_content(), bytes(i * 7 % 256 for i in range(1000)))
    expect(files[0].get_content_type(),
           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@test()
def dry_run_writes_files_and_touches_nothing_else(case):
    folder = os.path.join(case.folder, "mail")
    for _ in range(2):
        expect(case.run("dry-run=" + folder, "a@example.org", "b@example.org")[:2],
               (0, {"written": 2}))
    expect(sorted(os.listdir(folder)), ["001-a-example-org.eml", "002-b-example-org.eml"])
    assert not os.path.exists(os.path.join(case.folder, "ledger"))
    expect(case.server.accepted, [])
    case.run("send", "a@example.org")
    with open(os.path.join(folder, "001-a-example-org.eml"), "rb") as f:
        expect(f.read(), case.server.raw[0])
    expect(case.run("dry-run=" + folder, "a@example.org", "b@example.org")[:2],
           (0, {"already": 1, "written": 1}))


@test()
def refused_recipient_does_not_block_the_others(case):
    case.server.replies["b@example.org"] = "rcpt 550 no such person"
    status, counts, messages = case.run("send", "a@example.org", "b@example.org", "c@example.org")
    expect((status, counts), (6, {"sent": 2, "refused": 1}))
    assert "550 no such person" in messages and "recipients.csv:3" in messages
    status, counts, messages = case.run("send", "a@example.org", "b@example.org", "c@example.org")
    expect((status, counts), (6, {"already": 2, "refused": 1}))
    del case.server.replies["b@example.org"]
    expect(case.run("confirm", "b@example.org")[:2], (0, {"sent": 1}))
    expect(len(case.server.accepted), 3)


@test()
def message_refused_for_now_is_sent_by_the_next_run(case):
    case.server.replies = {"a@example.org": "rcpt 451 later", "b@example.org": "data 452 full"}
    expect(case.run("send", "a@example.org", "b@example.org")[:2], (6, {"failed": 2}))
    case.server.replies = {}
    expect(case.run("send", "a@example.org", "b@example.org")[:2], (0, {"sent": 2}))
    expect(len(case.server.accepted), 2)


@test()
def message_refused_after_its_data_is_not_sent(case):
    case.server.replies["a@example.org"] = "data 554 too large"
    expect(case.run("send", "a@example.org")[:2], (6, {"refused": 1}))
    expect(case.server.accepted, [])


@test()
def lost_reply_is_unknown_and_never_resent_unasked(case):
    case.server.replies["b@example.org"] = "keep and drop"
    status, counts, messages = case.run("send", "a@example.org", "b@example.org", "c@example.org")
    expect((status, counts), (6, {"sent": 2, "unknown": 1}))
    assert "[mail-unknown]" in messages and "b@example.org" in messages
    case.server.replies = {}
    for _ in range(2):
        expect(case.run("send", "a@example.org", "b@example.org")[:2],
               (6, {"already": 1, "unknown": 1}))
    expect(case.server.data_begun, 3)
    expect(case.run("confirm", "b@example.org")[:2], (0, {"sent": 1}))
    expect(case.run("confirm", "b@example.org")[:2], (0, {"already": 1}))


@test(extra="timeout = 1")
def silent_server_leaves_the_message_unknown(case):
    case.server.replies["a@example.org"] = "hang"
    expect(case.run("send", "a@example.org")[:2], (6, {"unknown": 1}))
    expect(case.run("send", "a@example.org")[:2], (6, {"unknown": 1}))
    expect(case.server.data_begun, 1)


@test()
def killed_run_leaves_the_message_unknown(case):
    case.server.replies["a@example.org"] = "hang"
    process = subprocess.Popen([DRIVER, case.ini, os.path.join(case.folder, "ledger"), "2021/22",
                                "send", "a@example.org"], stdout=subprocess.DEVNULL)
    for _ in range(500):
        if case.server.data_begun:
            break
        time.sleep(0.02)
    status, _, messages = case.run("send", "a@example.org")
    expect(status, 75)
    assert "[busy]" in messages
    process.send_signal(signal.SIGKILL)
    process.wait()
    expect(case.run("send", "a@example.org")[:2], (6, {"unknown": 1}))
    expect(case.server.data_begun, 1)


@test()
def no_server_means_nothing_tried_and_all_next_time(case):
    port = case.port
    case.controller.stop(no_assert=True)
    status, counts, messages = case.run("send", "a@example.org", "b@example.org")
    expect((status, counts), (6, {"failed": 2}))
    assert "1 more were not tried" in messages
    case.controller = Controller(case.server, hostname="127.0.0.1", port=port)
    case.controller.start()
    expect(case.run("send", "a@example.org", "b@example.org")[:2], (0, {"sent": 2}))


@test()
def bad_address_stops_everything_before_it_starts(case):
    for bad in ["a@example.org\r\nRCPT TO:<x@example.org>", "a@b@example.org", "<a@example.org>",
                "a b@example.org", "no-at.example.org", "a@exam_ple.org", ""]:
        status, counts, messages = case.run("send", "ok@example.org", bad)
        expect((status, counts), (3, {}))
        assert "recipients.csv:3:2" in messages and "RCPT" not in messages, messages
    expect(case.server.accepted, [])


@test()
def changed_ledger_is_refused_and_a_cut_one_repaired(case):
    path = os.path.join(case.folder, "ledger")
    case.run("send", "a@example.org")
    with open(path, "a") as f:
        f.write("sent\t0123")
    expect(case.run("send", "a@example.org")[:2], (0, {"already": 1}))
    assert case.ledger().endswith("\n")
    with open(path, "a") as f:
        f.write("sint\t0123\n")
    status, counts, messages = case.run("send", "a@example.org", "b@example.org")
    expect((status, counts), (6, {}))
    assert "ledger:3" in messages
    expect(len(case.server.accepted), 1)


@test()
def words_in_the_clear_are_refused(case):
    for server, extra, wanted in [
            ("smtp://mail.example.org:25", "", "unencrypted"),
            ("smtp://localhost.example.org:25", "", "unencrypted"),
            ("http://127.0.0.1", "", "neither"),
            ("smtp://user:word@127.0.0.1:25", "", "keys of their own"),
            ("smtp://127.0.0.1:25", "user = u\npassword file = p", "password"),
            ("smtps://mail.example.org", "user = u", "both"),
            ("smtps://mail.example.org", "timeout = 0", "no time"),
            ("smtps://mail.example.org", "tls = yes", "unknown key")]:
        case.job(extra, server)
        status, counts, messages = case.run("send", "a@example.org")
        assert status == 2 and not counts and wanted in messages, messages
    case.job(subject="one\n  Bcc: x@example.org")
    status, counts, messages = case.run("send", "a@example.org")
    assert status == 2 and "one line" in messages, messages


def certificate(folder):
    if not shutil.which("openssl"):
        return None
    key, cert = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key,
                    "-out", cert, "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context, cert


def login_over_starttls(folder):
    context, cert = certificate(folder)
    case = Case(tls=context, auth=True)
    try:
        secret = os.path.join(folder, "secret")
        with open(secret, "w") as f:
            f.write(PASSWORD + "\n")
        login = "starttls = yes\nuser = reports\npassword file = %s\n" % secret
        os.chmod(secret, 0o640)
        case.job(login + "ca file = " + cert)
        status, counts, messages = case.run("send", "a@example.org")
        assert status == 4 and not counts and "chmod 600" in messages, messages
        os.chmod(secret, 0o600)
        case.job(login)
        status, counts, messages = case.run("send", "a@example.org")
        expect((status, counts), (6, {"failed": 1}))
        assert "certificate" in messages, messages
        case.job(login + "ca file = " + cert)
        expect(case.run("send", "a@example.org")[:2], (0, {"sent": 1}))
        with open(secret, "w") as f:
            f.write("wrong\n")
        status, counts, messages = case.run("send", "b@example.org")
        expect((status, counts), (6, {"failed": 1}))
        assert PASSWORD not in messages and PASSWORD not in case.ledger()
        expect(len(case.server.accepted), 1)
    finally:
        case.close()


def stripped_starttls(folder):
    case = Case(extra="starttls = yes")
    try:
        status, counts, messages = case.run("send", "a@example.org")
        expect((status, counts), (6, {"failed": 1}))
        expect(case.server.accepted, [])
    finally:
        case.close()


def attempt(name, function, *arguments):
    try:
        function(*arguments)
        print("ok - " + name)
    except Exception as error:  # a failed test must not stop the others
        print("not ok - %s\n%s: %s" % (name, type(error).__name__, error))


for function, options in TESTS:
    case = Case(**options)
    attempt(function.__name__.replace("_", " "), function, case)
    case.close()
with tempfile.TemporaryDirectory() as folder:
    attempt("server without starttls gets nothing", stripped_starttls, folder)
    if shutil.which("openssl"):
        attempt("login over starttls", login_over_starttls, folder)
    else:
        print("ok - login over starttls # SKIP no openssl command")
