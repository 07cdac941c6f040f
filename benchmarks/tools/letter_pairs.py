"""Count the letters and pairs of letters that tell charsets apart, and write them into the packs, the commonest first.

    python -m benchmarks.tools.letter_pairs DATA          # Chinese, Japanese, Korean: `letters`; others: `pairs`

The texts are one half of `innocence.jsonl.zst` (see `common_words`), so that the other half can measure.  Languages of
which it has few or none are counted in the word lists of the package ``wordfreq[cjk]`` as well, which must be installed
for this.  A language without `letters` in its pack is left out, since no charset but UTF-8 is known for it.
"""

import argparse
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.tools.common_words import prose
from benchmarks.tools.data import add_folder, required_folder
from cleanwire.packs.load import DATA, builtin_packs

LISTED = {"da": "da", "he": "he", "hr": "sh", "is": "is", "ja": "ja", "ko": "ko", "lt": "lt", "lv": "lv", "zh": "zh"}
"""Language -> its name in wordfreq."""
SYLLABLES = {"ja": 1_600, "ko": 900, "zh": 2_400}
"""Language -> how many of its commonest characters are written."""
PAIRS, COVERED = 600, 0.992
"""How many pairs of a language are written at most; fewer if they cover this share of all."""
_OF_SOURCE = 60_000  # characters that a source counts as, so that a large one does not outweigh the others
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CEDILLA, _COMMA = "şţŞŢ", "șțȘȚ"


def spellings(language: str, text: str) -> list[str]:
    """Return a text as the charsets of its language can write it.

    >>> spellings("ro", "și"), [len(text) for text in spellings("vi", "độ")]
    (['și', 'şi'], [3])
    """
    if language == "ro":
        both = (str.maketrans(_CEDILLA, _COMMA), str.maketrans(_COMMA, _CEDILLA))
        return [text.translate(table) for table in both]
    return ["".join(map(_toned, unicodedata.normalize("NFC", text)))] if language == "vi" else [text]


def _toned(char: str) -> str:
    """Return a Vietnamese letter as windows-1258 has it: if need be, the mark of its tone stands after it."""
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(part for part in parts if part in _TONES)
        return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES)) + tone
    return char


def pairs(text: str, letters: str) -> Counter[str]:
    """Count pairs of adjacent letters with one beyond ASCII, all of them in `letters`; ``-`` is the edge of a word.

    >>> pairs("Né à 4", "éà")
    Counter({'né': 1, 'é-': 1, '-à': 1, 'à-': 1})
    """
    known = {*letters}
    folded = "".join(char if char.isalpha() or char in known else "-" for char in text.lower())
    return Counter(
        {
            a + b: n
            for (a, b), n in Counter(zip("-" + folded, folded + "-", strict=True)).items()
            if not (a + b).isascii() and all(char in known or char.isascii() for char in (a, b))
        }
    )


def commonest(language: str, letters: str, texts: Iterable[tuple[str, float]]) -> list[str]:
    """Return the commonest pairs, or characters, in sources that are each given with their weight."""
    total = Counter[str]()
    for source, weight in texts:
        counts = Counter[str]()
        for text in spellings(language, source):
            ideographs = filter(str.isalpha, re.findall("[\u3040-\U0003ffff]", text))
            counts.update(ideographs if language in SYLLABLES else pairs(text, letters))
        for pair, n in counts.items():
            total[pair] += n * weight / counts.total()  # type: ignore[assignment] # a weighted count
    found: list[str] = []
    covered = 0.0
    for pair, count in total.most_common(SYLLABLES.get(language, PAIRS)):
        found.append(pair)
        covered += count
        if covered > COVERED * total.total() and language not in SYLLABLES:
            break
    return found


def sources(data: Path) -> Mapping[str, list[tuple[str, float]]]:
    """Return the sources of each language with their weights."""
    import wordfreq

    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (language, _), texts in prose(data, 0).items():
        whole = "\n".join(texts)[:400_000]
        found[language].append((whole, min(len(whole), _OF_SOURCE)))
    for language, name in LISTED.items():
        words = wordfreq.get_frequency_dict(name, wordlist="best")
        found[language].append(("\n".join("\n".join([word] * round(1e6 * n)) for word, n in words.items()), _OF_SOURCE))
    return found


def main() -> None:
    """Write the letters and pairs into the packs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_folder(parser)
    found = sources(required_folder(parser, parser.parse_args().data))
    for pack in builtin_packs():
        if pack.name in found and (len(pack.letters) > 1 or pack.name in SYLLABLES):
            chosen = commonest(pack.name, pack.letters, found[pack.name])
            key = "letters" if pack.name in SYLLABLES else "pairs"
            _write(DATA / f"{pack.name}.toml", key, ("" if key == "letters" else " ").join(chosen))


def _write(path: Path, key: str, value: str) -> None:
    text = re.sub(rf"(?m)^{key} = .*\n", "", path.read_text(encoding="utf-8"))
    head = re.match(r"(about = .*\n)?(letters = .*\n)?", text)
    end = head.end() if head else 0
    path.write_text(f'{text[:end]}{key} = "{value}"\n{text[end:]}', encoding="utf-8")


if __name__ == "__main__":
    main()
