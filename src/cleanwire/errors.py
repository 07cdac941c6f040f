"""What can go wrong, each with a message that says what, where, and what to do now."""


class CleanwireError(Exception):
    """The root of every error that cleanwire raises on purpose.

    >>> issubclass(OverlapError, CleanwireError)
    True
    """


class OverlapError(CleanwireError):
    """Two edits of one filter claim the same characters: a bug of that filter, named in the message."""


class PackError(CleanwireError):
    """A rule pack cannot be read, or one of its rules lacks what a rule must have."""


class TemplateError(CleanwireError):
    """A site template cannot be read or written, or is none."""


class DecodeError(CleanwireError):
    """Bytes that are no text, or text in no charset that could be found."""


class FileError(CleanwireError):
    """A file cannot be cleaned or restored where it lies; the file is as it was."""


class NotationError(CleanwireError):
    """A document in margin notation has a line without a mark."""


class ColumnError(CleanwireError):
    """A table has no such column, or one that cannot be cleaned or added."""


class FormatError(FileError):
    """Data that is not in the format that it is read as, or lacks the column that is asked for."""


class MissingError(CleanwireError, ImportError):
    """A library that is not installed, with what to install."""
