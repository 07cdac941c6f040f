"""The errors that cleanwire raises on purpose; each message says what is wrong, where, and what to do now."""


class CleanwireError(Exception):
    """The base class of every error that cleanwire raises on purpose.

    >>> issubclass(FilterError, CleanwireError)
    True
    """


class InputError(CleanwireError, TypeError):
    """An argument has the wrong type: a text that is not a `str`, or a bare `str` where a collection is expected."""


class UnknownNameError(CleanwireError, ValueError):
    """No filter, rule, action or language has this name; the message gives the nearest one."""


class OffsetError(CleanwireError, IndexError):
    """An offset lies outside the text."""


class EditError(CleanwireError):
    """Edits cannot be applied: they overlap, lie outside the text, or have an unknown action."""


class FilterError(CleanwireError):
    """A filter breaks the protocol of `Filter`, or proposes edits that cannot be applied."""


class PackError(CleanwireError):
    """A rule pack cannot be read, or one of its rules lacks a required key."""


class TemplateError(CleanwireError):
    """A site template cannot be read or written, or the file is not a template."""


class DecodeError(CleanwireError):
    """Bytes are not text, or their charset cannot be detected."""


class FileError(CleanwireError):
    """A file cannot be cleaned or restored in place; the file is left unchanged."""


class NotationError(CleanwireError):
    """A document in annotated-diff notation has a line without a mark."""


class ColumnError(CleanwireError):
    """A table lacks a column, or the column cannot be cleaned or added."""


class FormatError(FileError):
    """Data is not in the format that it is read as, or lacks the requested column."""


class SyncWarning(UserWarning):
    """A file was replaced, but the file system could not bring its new name to the disk.

    >>> issubclass(SyncWarning, UserWarning)
    True
    """


class MissingError(CleanwireError, ImportError):
    """An optional library is not installed; the message says what to install."""
