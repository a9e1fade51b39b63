#!/usr/bin/env python3
"""A mail server for tests: takes mails by SMTP and writes each as one line of JSON; nothing goes further.

usage: tests/mail/sink.py OUT [--tls none|starttls|tls] [--certificate FILE] [--user NAME --password WORD]
                          [--refuse ADDRESS] [--busy N] [--hang]

Prints its port, then serves until its input ends. With --tls it makes a certificate of its own for `localhost` by the
program openssl, and writes it to FILE. --refuse answers that recipient with 550, --busy the first N mails with 451, and
--hang takes connections and says nothing.
"""

import argparse
import base64
import json
import pathlib
import socketserver
import ssl
import subprocess
import sys
import tempfile
import threading


def certificate(path):
    """Makes a key and a certificate for localhost, that one at `path`, and gives a TLS context with both."""
    with tempfile.TemporaryDirectory() as folder:
        key = pathlib.Path(folder, "key.pem")
        words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
        subprocess.run(["openssl", *words.split(), "-addext", "subjectAltName=DNS:localhost",
                        "-keyout", str(key), "-out", path], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path, str(key))
    return context


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def secure(self):
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.connection = self.request
        self.rfile = self.request.makefile("rb")
        self.wfile = self.request.makefile("wb", buffering=0)

    def handle(self):
        told = self.server.told
        if told.hang:
            self.rfile.read()
            return
        try:
            self.is_secure = told.tls == "tls"
            if self.is_secure:
                self.secure()
            self.is_signed_in = told.user is None
            self.sender, self.recipients = None, []
            self.say("220 sink")
            while line := self.rfile.readline(4096):
                if not self.answer(line.decode("ascii", "replace").rstrip("\r\n")):
                    break
        except OSError:
            pass  # who was talking has gone

    def answer(self, line):
        word = line.split(" ")[0].upper()
        told = self.server.told
        if word in ("EHLO", "HELO"):
            can = ["sink"] + (["STARTTLS"] if told.tls == "starttls" and not self.is_secure else [])
            can += ["AUTH PLAIN"] if told.user else []
            for one in can[:-1]:
                self.say("250-" + one)
            self.say("250 " + can[-1])
        elif word == "STARTTLS" and told.tls == "starttls":
            self.say("220 go on")
            self.secure()
            self.is_secure = True
        elif word == "AUTH":
            self.sign_in(line)
        elif word == "MAIL" and not self.is_signed_in:
            self.say("530 sign in first")
        elif word == "MAIL":
            self.sender, self.recipients = line, []
            self.say("250 well")
        elif word == "RCPT" and told.refuse and told.refuse in line:
            self.say("550 nobody of that name")
        elif word == "RCPT":
            self.recipients.append(line)
            self.say("250 well")
        elif word == "DATA":
            self.take()
        elif word == "QUIT":
            self.say("221 until then")
            return False
        else:
            self.say("502 not here")
        return True

    def sign_in(self, line):
        words = line.split(" ")
        if len(words) < 3:
            self.say("334 ")
            words.append(self.rfile.readline(4096).decode("ascii").strip())
        _, user, password = base64.b64decode(words[-1]).decode().split("\0")
        self.is_signed_in = (user, password) == (self.server.told.user, self.server.told.password)
        self.say("235 well" if self.is_signed_in else "535 wrong")

    def take(self):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        with self.server.lock:
            if self.server.told.busy > 0:
                self.server.told.busy -= 1
                self.say("451 later")
                return
            mail = {"from": self.sender, "to": self.recipients, "secure": self.is_secure,
                    "message": b"".join(lines).decode("utf-8")}
            with open(self.server.told.out, "a", encoding="utf-8") as out:
                out.write(json.dumps(mail) + "\n")
        self.say("250 taken")


class Sink(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--tls", choices=("none", "starttls", "tls"), default="none")
    parser.add_argument("--certificate")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--refuse")
    parser.add_argument("--busy", type=int, default=0)
    parser.add_argument("--hang", action="store_true")
    told = parser.parse_args()
    with Sink(("127.0.0.1", 0), Talk) as sink:
        sink.told = told
        sink.lock = threading.Lock()
        sink.context = certificate(told.certificate) if told.tls != "none" else None
        print(sink.server_address[1], flush=True)
        threading.Thread(target=sink.serve_forever, daemon=True).start()
        sys.stdin.read()


if __name__ == "__main__":
    main()
