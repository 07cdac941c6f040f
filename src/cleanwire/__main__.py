"""``python -m cleanwire``: the command."""

from cleanwire.cli import main

if __name__ == "__main__":  # the processes of --jobs import this module, too
    main(prog_name="cleanwire")
