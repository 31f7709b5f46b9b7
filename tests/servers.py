"""Real servers for tests: a private PostgreSQL, Redis and Dovecot on free ports, gone when the test is."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgresql_binaries() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def redis_binary() -> str | None:
    return shutil.which("redis-server")


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL of its own; answers its DATABASE_URL. It forgets durability, which no test needs of it."""
    binaries = postgresql_binaries()
    if binaries is None:
        raise RuntimeError("PostgreSQL is not installed.")
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder, port = Path(tempfile.mkdtemp(prefix="kintsugi-pg-")), free_port()
    if as_postgres:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL, "cwd": folder}
    initdb = [
        binaries / "initdb",
        "-D",
        folder / "data",
        "-U",
        "kintsugi",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run([*as_postgres, *initdb, "--no-sync"], check=True, **quiet)
    options = f"-F -c listen_addresses=127.0.0.1 -p {port} -k {folder} -c max_connections=200 -c full_page_writes=off"
    server = subprocess.Popen([*as_postgres, binaries / "postgres", "-D", folder / "data", *options.split()], **quiet)
    ready = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    try:
        until(lambda: subprocess.run(ready, check=False).returncode == 0, "PostgreSQL did not start")
        createdb = [binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "kintsugi", "kintsugi"]
        subprocess.run(createdb, check=True, **quiet)
        yield f"postgres://kintsugi@127.0.0.1:{port}/kintsugi"
    finally:
        stop = [binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"]
        subprocess.run([*as_postgres, *stop], check=False, **quiet)
        server.wait(SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis(port: int | None = None) -> Iterator[str]:
    """A Redis of its own; answers its REDIS_URL."""
    binary = redis_binary()
    if binary is None:
        raise RuntimeError("Redis is not installed.")
    port = port or free_port()
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    try:
        until(lambda: answers(port), "Redis did not start")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(SECONDS)


def dovecot_binary() -> str | None:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


# As root Dovecot's own users serve and `nobody` owns the mail; as anybody else all of it is theirs.
DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
default_internal_user = {internal}
default_login_user = {login}
auth_failure_delay = 0
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
{more}
"""


@contextmanager
def dovecot(port: int, *, tls_port: int = 0, certificate: Path | None = None, more: str = "") -> Iterator[Path]:
    """A Dovecot of its own, to which everybody is known by the password `secret`; answers its folder, where `log` is."""
    binary = dovecot_binary()
    if binary is None:
        raise RuntimeError("Dovecot is not installed.")
    folder = Path(tempfile.mkdtemp(prefix="kintsugi-imap-"))
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    me = pwd.getpwuid(os.geteuid())
    owner = pwd.getpwnam("nobody") if me.pw_uid == 0 else me
    os.chown(folder / "mail", owner.pw_uid, owner.pw_gid)
    internal, login = ("dovecot", "dovenull") if me.pw_uid == 0 else (me.pw_name, me.pw_name)
    named = {"folder": folder, "port": port, "tls_port": tls_port, "owner": owner.pw_uid, "group": owner.pw_gid}
    if certificate:
        more += f"ssl_cert = <{certificate}\nssl_key = <{certificate}\n"
    said = DOVECOT.format(**named, internal=internal, login=login, ssl="yes" if certificate else "no", more=more)
    (folder / "dovecot.conf").write_text(said)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    subprocess.run([binary, "-c", folder / "dovecot.conf"], check=True, **quiet)
    try:
        until(lambda: answers(port), f"Dovecot did not start, see {folder}/log")
        yield folder
    finally:
        master = int((folder / "run" / "master.pid").read_text())
        os.kill(master, signal.SIGTERM)
        until(lambda: not Path(f"/proc/{master}").exists(), "Dovecot did not stop")
        shutil.rmtree(folder, ignore_errors=True)


def certificate(folder: Path, name: str) -> Path:
    """A certificate for this host name with its key, in one file; signed by itself, so that it is its own authority."""
    made = folder / "certificate.pem"
    asked = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-days", "2"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "-", "-out", "-", *asked]
    made.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)
    return made


def answers(port: int) -> bool:
    """Whether something listens on this port of the loopback address."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(condition: Callable[[], bool], otherwise: str, seconds: float = SECONDS) -> None:
    """Wait until a condition holds; raises TimeoutError with `otherwise` where it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(otherwise)
        time.sleep(0.02)
