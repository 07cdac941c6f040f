"""What several test modules check or need, and no fixture can give."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from cleanwire.edit import apply, revert
from cleanwire.result import Result

BELL = '''
[[rule]]
name = "bell"
kind = "share"
line = ["Ring the harbour bell"]
why = "The button of a harbour's page."
examples = ["""
  She left at noon.
- Ring the harbour bell
"""]
counterexamples = ["Ring the harbour bell at noon, she said.", "They ring the harbour bell in fog."]
'''
"""A pack of one rule that no pack of cleanwire has."""


def check_reversible(result: Result, source: str) -> None:
    """Check that the steps replay and revert, that nothing vanishes unnamed, and that the spans are of the source."""
    replayed = source
    for step in result.steps:
        before = replayed
        replayed, lost = apply(before, step.edits)
        assert lost == step.removed
        assert revert(replayed, step) == before
        kept = len(before) - sum(map(len, step.removed))
        assert kept + sum(len(edit.new) for edit in step.edits) == len(replayed)
    assert replayed == result.text
    assert result.undo() == source
    reached = 0
    for span in result.spans:
        assert source[span.start : span.end] == span.text
        assert reached <= span.start < span.end
        reached = span.end


def transcript() -> Iterator[tuple[str, str]]:
    """Yield the commands of the README's first console block, each with what it prints."""
    readme = Path(__file__).parents[1] / "README.md"
    block = readme.read_text(encoding="utf-8").split("```console\n")[1].split("```")[0]
    for part in block.removeprefix("$ ").split("\n$ "):
        command, _, output = part.partition("\n")
        if "<<END" in command:
            text, _, output = output.partition("\nEND")
            command, output = f"{command}\n{text}\nEND", output.removeprefix("\n")
        yield command, output


def follow_readme(folder: Path, tools: Path, environment: dict[str, str]) -> list[str]:
    """Run the commands of the README in a folder, with the command in `tools`, check what they print, return them."""
    env = environment | {"PATH": f"{tools}:{environment['PATH']}", "CLEANWIRE_STATE": str(folder.parent / "state")}
    done = list(transcript())
    for command, output in done:
        said = subprocess.run(
            ["/bin/sh", "-c", command],
            env=env,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        ).stdout
        assert said.rstrip("\n") == output.rstrip("\n"), command
    return [command for command, _ in done]
