"""What a command prints at its end: a table of the edits, what was passed over, and the counts of files."""

from collections import Counter
from collections.abc import Collection

from cleanwire.cli.messages import plural, print_note
from cleanwire.cli.output import console, print_counts
from cleanwire.corpora.checkpoint import Errors
from cleanwire.corpora.counts import Counts
from cleanwire.corpora.report import Total
from cleanwire.report.places import describe_action, describe_change, is_kept


def by_kind(counts: Counts, take: Collection[str]) -> Counter[tuple[str, str]]:
    """Return the number of edits by action, as tables name it, and kind; `take` are the actions that remove text.

    >>> by_kind(Counts(edits=Counter({"drop share.en.tweet": 2, "title metadata.title": 1})), ())
    Counter({('dropped', 'share'): 2, ('title (kept)', 'metadata'): 1})
    """
    found: Counter[tuple[str, str]] = Counter()
    for name, number in counts.edits.items():
        action, _, rule = name.partition(" ")
        told = describe_change(action) if action in take else describe_action(action)
        found[told, rule.partition(".")[0]] += number
    return found


def would_change(name: str, counts: Counts, take: Collection[str]) -> str:
    """Return the line for a file that would change, with the number of edits that change its text, by kind.

    >>> would_change("a.txt", Counts(documents=1, changed=1, edits=Counter({"drop share.en.tweet": 2})), ())
    'a.txt: would change (share 2)'
    """
    kinds: Counter[str] = Counter()
    for (action, kind), number in by_kind(counts, take).items():
        if not is_kept(action):
            kinds[kind] += number
    told = f" ({', '.join(f'{kind} {number:,}' for kind, number in sorted(kinds.items()))})" if kinds else ""
    many = f"{counts.changed:,} of {counts.documents:,} documents " if counts.documents > 1 else ""
    return f"{name}: {many}would change{told}"


def print_summary(total: Total, take: Collection[str], passed: str, changed: str = "changed") -> None:
    """Print the summary of a run on stderr; `changed` is the word for what changed.

    `take` is as for `by_kind`; `passed` says what a search of folders passed over.
    """
    screen, done = console(stderr=True), total.counts
    if counts := by_kind(done, take):
        if screen.is_terminal:
            screen.print()
        print_counts(counts, screen)
    if passed:
        print_note(passed)
    if not total.files:
        print_note(
            "no files found; folders are searched for .txt, .text, .md, .jsonl, .csv, .parquet and other suffixes; "
            "name other files themselves"
        )
    if done.documents > total.files:
        screen.print(
            f"{plural(done.documents, 'document')}: {done.changed:,} {changed}, {done.empty:,} without text",
            style="bold",
        )
    screen.print(
        f"{plural(total.files, 'file')}: "
        f"{total.changed:,} {changed}, {total.unchanged:,} unchanged, {total.failed:,} failed",
        style="bold",
    )


def print_problems(total: Total, errors: Errors, hint: str = "") -> None:
    """Print how many records were left as they were, if any; the first of them, unless a list of errors is written.

    `hint` says how to list them all.
    """
    done = total.counts
    problems = [f"{plural(done.bad, 'record')} could not be read"] if done.bad else []
    problems += [f"{plural(done.late, 'text')} took longer than --budget"] if done.late else []
    problems += [f"{plural(done.unsettled, 'text')} did not settle"] if done.unsettled else []
    if not problems and not errors.count:
        return
    where = f"; see {errors.path}" if errors.path else hint
    first = f" (first: {errors.first})" if errors.first and not errors.path else ""
    print_note(f"{', '.join(problems) or 'some records could not be read'}{first}{where}")
