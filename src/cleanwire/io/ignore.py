"""What a search of folders passes over: what patterns or ``.gitignore`` match, and folders of installed packages."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleanwire.errors import FileError, InputError
from cleanwire.io.own import open_regular

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

EXCLUDE, GITIGNORE = "--exclude", ".gitignore"
PACKAGES, ENVIRONMENT, LICENSE = "node_modules", "virtual environment", "license file"
"""The reasons for which an entry is passed over."""
UNREAD = (".html", ".htm", ".xhtml", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub")
"""Suffixes of texts that must be extracted first: they are counted, so that nobody takes them for clean."""
NAMED = (".json",)
"""Suffixes of files that are read only if they are named."""
_LICENSES = re.compile(r"(?:(?:un)?licen[cs]e|copying)(?:[-_.].*)?", re.IGNORECASE)
"""Names of files whose words the law wants unchanged."""


class Patterns(NamedTuple):
    """Patterns as in a ``.gitignore`` file of the folder `base`."""

    base: str
    spec: "GitIgnoreSpec"

    @staticmethod
    def of(base: str | Path, globs: Sequence[str]) -> "Patterns":
        """Return patterns of a folder; raise `InputError` for an invalid one.

        >>> Patterns.of("/news", ["drafts/"]).verdict("/news/drafts/a.txt", False)
        True
        """
        return Patterns(os.path.realpath(base), _compiled(tuple(globs)))

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """Return whether the patterns ignore a path; None if none of them matches it."""
        inside = path.startswith(os.path.join(self.base, ""))
        relative = os.path.relpath(path, self.base) if inside else path.lstrip(os.sep)
        return self.spec.check_file(relative + "/" if is_folder else relative).include


class Scope(NamedTuple):
    """What holds in a folder: whether it belongs to a Git repository, and the patterns of ``.gitignore`` files."""

    in_repository: bool = False
    patterns: Sequence[Patterns] = ()


class Ignore:
    """Says which entries of folders are passed over, and counts them by reason.

    `exclude` are patterns as in ``.gitignore``, each group with the folder that it is relative to.  ``.gitignore``
    files count in Git repositories only, and not at all without `gitignore`.  Raises `InputError` for an invalid
    pattern.

    >>> Ignore([(Path("/news"), ["drafts/"])]).reason("/news/drafts", True, Scope())
    '--exclude'
    """

    def __init__(self, exclude: Iterable[tuple[Path, Sequence[str]]] = (), gitignore: bool = True) -> None:
        self.exclude = [Patterns.of(base, globs) for base, globs in exclude if globs]
        self.gitignore = gitignore
        self.passed: Counter[str] = Counter()

    def uncounted(self) -> "Ignore":
        """Return the same with a count of its own.

        >>> Ignore().uncounted().passed
        Counter()
        """
        other = copy(self)
        other.passed = Counter()
        return other

    def scope_of(self, top: str) -> Scope:
        """Return the scope around a folder that was named; patterns that ignore the folder itself do not count.

        Raises `FileError` as `entered` does.
        """
        scope = Scope()
        for parent in reversed(Path(top).parents):
            if os.access(parent, os.X_OK):  # else nothing in it can be seen
                scope = self.entered(scope, str(parent))
        return scope._replace(patterns=[each for each in scope.patterns if not each.verdict(top, True)])

    def entered(self, scope: Scope, folder: str) -> Scope:
        """Return the scope in `folder`, which lies in a folder with the scope `scope`.

        Raises `FileError` if it cannot be known what is ignored there, since what is ignored must not be cleaned.
        """
        if not self.gitignore:
            return scope
        try:
            if _exists(os.path.join(folder, ".git")):
                scope = Scope(in_repository=True)  # patterns around a repository are not its own
            if not scope.in_repository:
                return scope
            with open_regular(Path(folder, GITIGNORE)) as file:
                lines = file.read().decode("utf-8", "surrogateescape").splitlines()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError, FileError):  # a pipe, say
            return scope
        except OSError as error:
            raise FileError(
                f"{folder}: its {GITIGNORE} cannot be read ({error.strerror}), so its files were left unchanged; "
                "--no-gitignore cleans them all"
            ) from error
        return scope._replace(patterns=[*scope.patterns, Patterns(folder, _spec(filter(_is_valid, lines)))])

    def reason(self, path: str, is_folder: bool, scope: Scope) -> str | None:
        """Return why an entry, given by its absolute path, is passed over; None if it is not.

        Raises `FileError` for a folder that cannot be looked into.
        """
        if any(each.verdict(path, is_folder) for each in self.exclude):
            return EXCLUDE
        name = os.path.basename(path)
        if is_folder and name == PACKAGES:
            return PACKAGES
        if not is_folder and _LICENSES.fullmatch(name):
            return LICENSE
        try:
            if is_folder and _exists(os.path.join(path, "pyvenv.cfg")):
                return ENVIRONMENT
        except OSError as error:
            raise FileError(f"{path}: the folder cannot be read ({error.strerror})") from error
        verdicts = (each.verdict(path, is_folder) for each in reversed(scope.patterns))
        return GITIGNORE if next((verdict for verdict in verdicts if verdict is not None), False) else None

    def passes(self, path: str, is_folder: bool, scope: Scope) -> bool:
        """Return True for an entry that is passed over, and count it."""
        why = self.reason(path, is_folder, scope)
        if why:
            self.passed[why] += 1
        return why is not None

    def leave(self, name: str) -> None:
        """Count a file that is not wanted, if its suffix says that it holds text."""
        suffix = os.path.splitext(name)[1].lower()
        if suffix in UNREAD or suffix in NAMED:
            self.passed[suffix] += 1

    def summary(self) -> str:
        """Return what was passed over and left unread, in one line; empty if nothing was.

        >>> ignore = Ignore([(Path("/news"), ["drafts/"])])
        >>> ignore.passes("/news/drafts", True, Scope()), ignore.summary()
        (True, 'passed over files or folders: 1 by --exclude')
        """
        parts = [f"{number:,} by {why}" for why in (EXCLUDE, GITIGNORE) if (number := self.passed[why])]
        parts += [f"{number:,} {why}" for why in (PACKAGES, ENVIRONMENT, LICENSE) if (number := self.passed[why])]
        hint = " (--no-gitignore reads them)" if self.passed[GITIGNORE] else ""
        told = [f"passed over files or folders: {', '.join(parts)}{hint}"] if parts else []
        for suffixes, hint in ((UNREAD, "extract their text first"), (NAMED, "name them, or give --as")):
            if found := [f"{number:,} {suffix}" for suffix in suffixes if (number := self.passed[suffix])]:
                told.append(f"not read: {', '.join(found)} ({hint})")
        return "; ".join(told)


def _exists(path: str) -> bool:
    """Return whether a path exists; raise `OSError` if that cannot be known."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _spec(globs: Iterable[str]) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec  # slow to import, and only searches of folders with patterns need it

    lines = list(globs)
    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise InputError(f"exclude: invalid pattern ({error}); write it as in a .gitignore file") from error


@cache
def _compiled(globs: tuple[str, ...]) -> "GitIgnoreSpec":
    return _spec(globs)


def _is_valid(line: str) -> bool:
    try:
        _spec([line])
    except InputError:
        return False  # as Git does
    return True
