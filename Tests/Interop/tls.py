# SPDX-License-Identifier: Apache-2.0
"""VTP over TLS: our programs with each other, and with Python's and openssl's TLS as foreign peers.

  python3 Tests/Interop/tls.py

PSWS_BIN is where psws and psws-server are (default: .build/debug). Certificates are made anew with openssl. Loopback
only, free ports.
"""

import contextlib
import os
import pathlib
import re
import signal
import socket
import ssl
import struct
import subprocess
import tempfile
import time

BINARIES = pathlib.Path(
    os.environ.get("PSWS_BIN", pathlib.Path(__file__).resolve().parents[2] / ".build" / "debug"))
PATIENCE_SECONDS = 20

passed = 0


def check(holds, claim):
    """Counts what holds; the first that does not ends the script."""
    global passed
    if not holds:
        raise SystemExit(f"FAILED  {claim}")
    passed += 1
    print(f"ok      {claim}")


def packet(ivorn):
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<voe:VOEvent xmlns:voe="http://www.ivoa.net/xml/VOEvent/v2.0" version="2.0" role="test" '
        f'ivorn="{ivorn}"><Who/></voe:VOEvent>').encode()


def openssl(*arguments, **options):
    return subprocess.run(
        ["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=60, **options).stdout


class Authority:
    """Signs certificates."""

    def __init__(self, home, name):
        self.home, self.certificate, self.key = home, home / f"{name}.pem", home / f"{name}.key"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-subj", f"/CN={name}", "-keyout", self.key, "-out", self.certificate)

    def sign(self, name, days="2", names="IP:127.0.0.1,DNS:localhost"):
        """A certificate and its key; negative days make one that has expired."""
        key, request, certificate = (self.home / f"{name}.{ending}" for ending in ("key", "csr", "pem"))
        if not key.exists():
            openssl("ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", key)
        openssl("req", "-new", "-key", key, "-subj", f"/CN={name}", "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial",
                "-days", days, "-extfile", "/dev/stdin", "-out", certificate,
                input=f"subjectAltName={names}\n".encode())
        return certificate, key


@contextlib.contextmanager
def server(home, settings):
    """A running server: the process, its log and its ports."""
    (home / "server.yaml").write_text(settings)
    log = home / "server.log"
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [BINARIES / "psws-server", "run", "--config", home / "server.yaml", "--http-port", "0",
             "--data", home / "data"],
            stderr=output, stdout=output, stdin=subprocess.DEVNULL)
    try:
        wait_for(log, "HTTP is at", process)
        text = log.read_text(errors="replace")
        ports = {
            name: int(port) for name, port in re.findall(r"(\w+ connect(?: over TLS)?) to 127\.0\.0\.1:(\d+)", text)}
        yield process, log, ports
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def wait_for(log, text, process=None, count=1):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while log.read_text(errors="replace").count(text) < count:
        if time.monotonic() > deadline or process and process.poll() is not None:
            raise SystemExit(f"FAILED  '{text}' is not in the log:\n{log.read_text(errors='replace')}")
        time.sleep(0.02)


def psws(*arguments):
    done = subprocess.run(
        [BINARIES / "psws", *map(str, arguments)], capture_output=True, timeout=PATIENCE_SECONDS, text=True)
    return done.returncode, done.stdout + done.stderr


def send(home, port, ivorn, *options, host="127.0.0.1"):
    (home / "event.xml").write_bytes(packet(ivorn))
    return psws("send", *options, home / "event.xml", f"{host}:{port}")


def talk(port, context, ivorn, host="127.0.0.1"):
    """Submits an event by Python's TLS: the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as plain:
        with context.wrap_socket(plain, server_hostname=host) as connection:
            data = packet(ivorn)
            connection.sendall(struct.pack(">I", len(data)) + data)
            answer = b""
            while part := connection.recv(65536):
                answer += part
                if len(answer) >= 4 and len(answer) >= 4 + struct.unpack(">I", answer[:4])[0]:
                    break
            return connection.version(), answer[4:].decode(errors="replace")


def check_configuration(home, settings):
    (home / "wrong.yaml").write_text(settings)
    done = subprocess.run(
        [BINARIES / "psws-server", "check-config", home / "wrong.yaml"], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def mistakes(home, good, other, expired):
    """Every mistake in the files is told with its place."""

    def section(certificate, key, more=""):
        return f"tls:\n  certificate: {certificate}\n  key: {key}\n{more}"

    torn = home / "torn.pem"
    torn.write_text("a note\n" + good[0].read_text().replace("-----END CERTIFICATE-----", ""))
    broken = home / "broken.pem"
    broken.write_text("a note\n" + good[0].read_text()[:90] + "!!!" + good[0].read_text()[93:])
    locked = home / "locked.key"
    openssl("ec", "-in", good[1], "-aes128", "-passout", "pass:secret", "-out", locked)
    cases = [
        (section(home / "none.pem", good[1]), "2:16: error: tls.certificate", "none.pem: the file cannot be read"),
        (section(good[1], good[1]), "2:16: error: tls.certificate", "there is no certificate in the file"),
        (section(good[0], other[0]), "3:8: error: tls.key", "there is no private key in the file"),
        (section(good[0], other[1]), "3:8: error: tls.key", "is not that of the certificate"),
        (section(torn, good[1]), "2:16: error: tls.certificate", "torn.pem:2: the block CERTIFICATE has no end"),
        (section(broken, good[1]), "2:16: error: tls.certificate", "broken.pem:2: the certificate cannot be read"),
        (section(expired[0], expired[1]), "2:16: error: tls.certificate", "pem:1: the certificate expired at"),
        (section(good[0], locked), "3:8: error: tls.key", "the key needs a password"),
        (section(*good, "  client_ca: /dev/null\n"), "4:14: error: tls.client_ca", "there is no certificate"),
        ("tls: {}\n", "error: tls.certificate", "missing"),
        ("listen: {plain: false}\n", "1:9: error: listen", "neither plain VTP nor VTP over TLS is served"),
    ]
    for settings, place, reason in cases:
        code, said = check_configuration(home, settings)
        check(code == 1 and place in said and reason in said, f"check-config says: {reason}" if reason in said else said)
    check(check_configuration(home, section(*good))[0] == 0, "check-config finds no mistake where there is none")


def main():
    with tempfile.TemporaryDirectory(prefix="psws-tls-") as name:
        home = pathlib.Path(name)
        centre, authors, stranger = (Authority(home, who) for who in ("centre", "authors", "stranger"))
        good = centre.sign("server")
        author, nobody, foreign = authors.sign("author"), authors.sign("nobody"), stranger.sign("foreign")
        expired = centre.sign("expired", days="-1")
        late = authors.sign("late", days="-1")
        mistakes(home, good, author, expired)
        fingerprint = subprocess.run(
            [BINARIES / "psws-server", "fingerprint", "--author", "Pic", "--authority", "psws.tls", author[0]],
            check=True, capture_output=True, text=True, timeout=60).stdout
        ours = openssl("pkey", "-pubin", "-outform", "der", input=openssl("x509", "-in", author[0], "-pubkey", "-noout"))
        digest = openssl("dgst", "-sha256", "-r", input=ours).decode().split()[0]
        check(digest in fingerprint, "the fingerprint is that which openssl computes")
        settings = (
            "listen: {plain: PLAIN, submit_port: 0, subscribe_port: 0}\n"
            f"tls: {{submit_port: 0, subscribe_port: 0, certificate: {home}/server.pem, key: {home}/server.key, "
            f"client_ca: {authors.certificate}}}\n" + fingerprint)
        trust = ("--tls", "--ca", centre.certificate)
        me = ("--certificate", author[0], "--key", author[1])
        with server(home, settings.replace("PLAIN", "false")) as (process, log, ports):
            check(set(ports) == {"authors connect over TLS", "subscribers connect over TLS"},
                  "plain VTP is switched off")
            submit, subscribe = ports["authors connect over TLS"], ports["subscribers connect over TLS"]
            listener = subprocess.Popen(
                [BINARIES / "psws", "listen", f"127.0.0.1:{subscribe}", *map(str, trust), "--count", "1",
                 "--save", home / "heard"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            check("listening" in listener.stderr.readline(), "psws listen is connected over TLS")
            code, said = send(home, submit, "ivo://psws.tls/a#1", *trust, *me)
            check(code == 0 and "acknowledged" in said, "the author with the certificate may publish" + said * code)
            listener.wait(PATIENCE_SECONDS)
            heard = [file.read_bytes() for file in (home / "heard").iterdir()]
            check(heard == [packet("ivo://psws.tls/a#1")], "the subscriber has the event byte for byte")
            code, said = send(home, submit, "ivo://psws.tls/a#2", *trust)
            check(code == 1 and "no author is known at this address or by this key" in said, "no certificate, no grant")
            code, said = send(home, submit, "ivo://psws.tls/a#3", *trust, "--certificate", nobody[0], "--key", nobody[1])
            check(code == 1 and "or by this key" in said, "a certificate that nothing is granted to may not publish")
            code, said = send(home, submit, "ivo://other.tls/a#1", *trust, *me)
            check(code == 1 and 'the authority "other.tls" is not granted to Pic' in said, "only granted authorities")
            code, said = send(
                home, submit, "ivo://psws.tls/a#4", *trust, "--certificate", foreign[0], "--key", foreign[1])
            check(code == 1 and "not sent" in said and "the peer does not know who signed our certificate" in said,
                  "a certificate of a stranger is refused")
            code, said = send(home, submit, "ivo://psws.tls/a#5", "--tls", "--ca", stranger.certificate, *me)
            check(code == 1 and "certificate is not accepted" in said, "another authority does not vouch for the server")
            code, said = psws("listen", f"127.0.0.1:{subscribe}", "--tls", "--ca", stranger.certificate)
            check(code == 1 and "certificate is not accepted" in said, "nor for a subscriber, which ends at once")
            code, said = send(home, submit, "ivo://psws.tls/a#6")
            check(code == 1 and "not sent" in said, "plain VTP is not understood on the port for TLS")

            context = ssl.create_default_context(cafile=centre.certificate)
            context.load_cert_chain(*author)
            version, answer = talk(submit, context, "ivo://psws.tls/python#1")
            check(version == "TLSv1.3" and 'role="ack"' in answer, "Python's TLS 1.3 with a certificate is acknowledged")
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            version, answer = talk(submit, context, "ivo://psws.tls/python#2")
            check(version == "TLSv1.2" and 'role="ack"' in answer, "so is TLS 1.2")
            context = ssl.create_default_context(cafile=centre.certificate)
            context.load_cert_chain(*late)
            try:
                answer = talk(submit, context, "ivo://psws.tls/python#3")[1]
            except (ssl.SSLError, ConnectionError):
                answer = ""
            check(answer == "", "an expired certificate of a client is refused")
            old = subprocess.run(
                ["openssl", "s_client", "-connect", f"127.0.0.1:{submit}", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
                input=b"", capture_output=True, timeout=PATIENCE_SECONDS)
            check(old.returncode != 0 and b"BEGIN CERTIFICATE" not in old.stdout, "openssl with TLS 1.1 is refused")

            with socket.create_connection(("127.0.0.1", submit), timeout=PATIENCE_SECONDS) as idle:
                check(idle.recv(1) == b"", "who never begins TLS is disconnected")

            serial = openssl("x509", "-in", good[0], "-serial", "-noout")
            kept = ssl.create_default_context(cafile=centre.certificate).wrap_socket(
                socket.create_connection(("127.0.0.1", subscribe), timeout=PATIENCE_SECONDS),
                server_hostname="localhost")
            centre.sign("server")
            process.send_signal(signal.SIGHUP)
            wait_for(log, "certificates of the configuration are in force", process)
            shown = subprocess.run(
                ["openssl", "s_client", "-connect", f"127.0.0.1:{submit}"],
                input=b"", capture_output=True, timeout=PATIENCE_SECONDS).stdout
            check(openssl("x509", "-serial", "-noout", input=shown) == openssl(
                "x509", "-in", good[0], "-serial", "-noout") != serial, "SIGHUP: new connections see the new certificate")
            (home / "server.pem").write_text("")
            process.send_signal(signal.SIGHUP)
            wait_for(log, "the configuration has mistakes and is not applied", process)
            code, said = send(home, submit, "ivo://psws.tls/a#7", *trust, *me)
            check(code == 0, "a broken file at SIGHUP leaves the certificate in force")
            (length,) = struct.unpack(">I", kept.recv(4))
            check(length > 100, "a connection from before is not dropped")
            kept.close()
        centre.sign("server")
        with server(home, settings.replace("PLAIN", "true")) as (process, log, ports):
            check(len(ports) == 4, "plain VTP and VTP over TLS are served side by side")
            code, said = send(home, ports["authors connect"], "ivo://psws.tls/a#8")
            check(code == 1 and "or by this key" in said, "an author without certificate has no grant there")
            wrong = centre.sign("elsewhere", names="DNS:elsewhere.example")
            (home / "server.pem").write_bytes(wrong[0].read_bytes())
            (home / "server.key").write_bytes(wrong[1].read_bytes())
            process.send_signal(signal.SIGHUP)
            wait_for(log, "certificates of the configuration are in force", process)
            code, said = send(
                home, ports["authors connect over TLS"], "ivo://psws.tls/a#9", *trust, *me, host="localhost")
            check(code == 1 and "certificate is for another host" in said, "a certificate for another host is refused")
            code, said = send(home, ports["authors connect"], "ivo://psws.tls/a#10", *trust)
            check(code == 1 and "the peer does not speak TLS" in said, "TLS to the plain port fails in words")
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
