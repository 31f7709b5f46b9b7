"""Tries an account out, by really connecting: whether it works, in words, and what to do if not."""

from dataclasses import dataclass

from imap_tools.mailbox import BaseMailBox

from tickets.mail.imap.connecting import folder_of
from tickets.mail.imap.problems import ImapProblem
from tickets.models import ImapAccount


@dataclass(frozen=True)
class Verdict:
    """`advice` is empty where all is well and there is nothing to mind."""

    is_well: bool
    words: str
    advice: str = ""


def try_out(account: ImapAccount) -> Verdict:
    """Connect, sign in and open the folder; nothing is fetched, made or moved."""
    try:
        with folder_of(account, readonly=True) as server:
            return _works(account, server)
    except ImapProblem as problem:
        return Verdict(False, problem.words, problem.advice)


def _works(account: ImapAccount, server: BaseMailBox) -> Verdict:
    count = len(server.numbers("ALL", charset=None))
    mails = f"{count} mail{'' if count == 1 else 's'}"
    missing = [name for name in (account.processed_folder, account.quarantine_folder) if not server.folder.exists(name)]
    advice = " and ".join(f"“{name}”" for name in missing)
    more = [f"{advice} will be made when there is mail to move."] if missing else []
    if account.security == ImapAccount.Security.NONE:
        more.append("The password crosses the network unencrypted; choose TLS where the server offers it.")
    if "IDLE" not in server.client.capabilities:
        more.append("This server does not tell us of new mail; it is asked every minute.")
    return Verdict(
        True, f"It works: there {'is' if count == 1 else 'are'} {mails} in “{account.folder}”.", " ".join(more)
    )
