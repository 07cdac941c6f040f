"""``python -m cleanwire``, and the command ``cleanwire``."""

import sys


def main() -> None:
    """Run the command; Ctrl-C while it is still being imported ends in one line, too."""
    try:
        from cleanwire.cli import main as command
        from cleanwire.cli.messages import EXIT_INTERRUPTED
    except KeyboardInterrupt:
        sys.stderr.write("cleanwire: interrupted; nothing was done\n")
        sys.exit(130)
    try:
        command(prog_name="cleanwire")
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)


if __name__ == "__main__":  # the processes of --jobs import this module, too
    main()
