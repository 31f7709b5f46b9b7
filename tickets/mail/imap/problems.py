"""What is wrong with a mailbox of others, in words, and what to do about it."""

import imaplib
import socket
import ssl

from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError, MailboxStarttlsError

from tickets.models import ImapAccount

NAME_MISMATCH = {62, 64}  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH
ERRORS = (OSError, imaplib.IMAP4.error, ImapToolsError)  # what a server, or the way to it, can throw at us


class ImapProblem(Exception):
    """`words` say what is wrong, `advice` what to do; both whole sentences for an administrator."""

    def __init__(self, words: str, advice: str) -> None:
        super().__init__(words)
        self.words, self.advice = words[:500], advice[:500]


def explain(error: Exception, account: ImapAccount) -> ImapProblem:
    """The problem behind an error of the connection or the server."""
    host, port = account.host, account.port
    if isinstance(error, ssl.SSLError):
        return _tls(error, account)
    if isinstance(error, socket.gaierror):
        return ImapProblem(
            f"The host “{host}” was not found.", "Check how it is spelled; it has no http:// and no port."
        )
    if isinstance(error, ConnectionRefusedError):
        advice = "Check the port: usually 993 with TLS, 143 with STARTTLS. The server may also be down."
        return ImapProblem(f"{host} refused the connection on port {port}.", advice)
    if isinstance(error, TimeoutError):
        advice = "Check host and port. A firewall between us and the server may drop the connection."
        return ImapProblem(f"{host} did not answer in time on port {port}.", advice)
    if isinstance(error, MailboxStarttlsError) or "TLS not supported" in str(error):
        advice = "Choose TLS, usually with port 993, or ask who runs the server."
        return ImapProblem(f"{host} offers no STARTTLS on port {port}.", advice)
    if isinstance(error, MailboxFolderSelectError):
        return missing_folder(account.folder, said(error))
    return ImapProblem(
        f"The connection to {host} broke off ({said(error) or type(error).__name__}).",
        "It is tried again by itself. If it stays so, ask who runs the server.",
    )


def _tls(error: ssl.SSLError, account: ImapAccount) -> ImapProblem:
    host, port = account.host, account.port
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code in NAME_MISMATCH:
            advice = "Use the name that the certificate was made for; your provider's help names it."
            return ImapProblem(f"The certificate of {host} was made for another name.", advice)
        advice = "Ask who runs the server to renew it, or make its authority known to this machine."
        return ImapProblem(f"The certificate of {host} is not trusted ({error.verify_message}).", advice)
    advice = "Choose STARTTLS with port 143, or TLS with port 993."
    return ImapProblem(f"{host} does not speak TLS on port {port}.", advice)


def refused(error: Exception, account: ImapAccount) -> ImapProblem:
    """The server did not let us in."""
    answer = said(error)
    if "[UNAVAILABLE]" in answer:  # RFC 5530 §3
        return ImapProblem(
            f"{account.host} cannot check who we are right now ({answer}).", "It is tried again by itself."
        )
    if account.sign_in == ImapAccount.SignIn.OAUTH:
        advice = "Give Kintsugi access again at your provider, and enter the new refresh token here."
        return ImapProblem(f"{account.host} did not take the access token of {account.user} ({answer}).", advice)
    if "PRIVACYREQUIRED" in answer or "disabled" in answer.lower():
        advice = "Choose TLS or STARTTLS."
        return ImapProblem(f"{account.host} takes no password over a connection without encryption.", advice)
    advice = "Check user and password. Some providers want an app password, or allow only OAuth."
    return ImapProblem(f"{account.host} refused the user {account.user} or the password ({answer}).", advice)


def missing_folder(folder: str, answer: str = "") -> ImapProblem:
    more = f" ({answer})" if answer else ""
    advice = "Choose a folder that is there; on some servers its name begins with “INBOX.” or “INBOX/”."
    return ImapProblem(f"The folder “{folder}” cannot be opened{more}.", advice)


def said(error: Exception) -> str:
    """What the server said, on one line."""
    result = getattr(error, "command_result", None)
    parts = result[1] if result else error.args[:1]
    words = [part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in parts or []]
    return " ".join(" ".join(words).split())[:200]


def is_refusal(error: Exception) -> bool:
    """Whether the server said no to one command, on a connection that is good for the next."""
    if isinstance(error, imaplib.IMAP4.abort | MailboxLoginError):
        return False
    return isinstance(error, imaplib.IMAP4.error | ImapToolsError)
