"""Servers that benchmarks start: on a free port, watched from outside, ended."""

import contextlib
import http.client
import os
import pathlib
import socket
import subprocess
import time
import urllib.parse

SERVER_SECONDS_MAX = 900


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def memory_bytes(pid, name):
    """A figure of /proc: VmRSS is what it takes now, VmHWM the most it ever took."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    return 0


def work_seconds(pid):
    """What all threads of a program have worked so far."""
    after_name = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2]
    user, system = after_name.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class Server:
    """One server; `first_answer_seconds` counts from its start."""

    def __init__(self, child, port, begun):
        self.child, self.port, self.begun = child, port, begun
        self.first_answer_seconds = None

    def ask(self, question, seconds=600):
        """The status of an answer; raises OSError while nobody listens."""
        return self.get("/api/ask?q=" + urllib.parse.quote(question), seconds)[0]

    def get(self, path, seconds=600):
        """Status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def wait_for_answer(self, question="flow"):
        deadline = self.begun + SERVER_SECONDS_MAX
        while time.monotonic() < deadline:
            if self.child.poll() is not None:
                raise RuntimeError("kokemus serve ended by itself")
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.ask(question) == 200:
                    self.first_answer_seconds = time.monotonic() - self.begun
                    return self
            time.sleep(0.02)
        raise RuntimeError("kokemus serve gave no answer")

    def memory(self, name="VmRSS"):
        return memory_bytes(self.child.pid, name)


@contextlib.contextmanager
def serving(program, folder, *options):
    """Serves the data folder and has answered its first question."""
    port = free_port()
    command = [str(program), "--quiet", "--data", str(folder), "serve", "--open", "--port", str(port), *options]
    begun = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Server(child, port, begun).wait_for_answer()
    finally:
        child.terminate()
        child.wait()
