"""Puts the digital files of packs through the scanner again: fresh damage on layouts that `samples/` does not draw.

    python -m benchmarks.rescan --packs DIR --out DIR --profiles clean,office,poor,shaded --seed 1

A pack is a folder with `files/` and `truth.json`. Each profile gives a pack `NAME-PROFILE-SEED` with the same truth,
its boxes moved with the pages. Files that are no PDF, and damaged ones, are copied as they are.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

from jeopsu.samples.scan import Move, scan_with_moves


def _moved(value: Any, moves: dict[str, tuple[Move, ...]], file: str) -> Any:
    """The same truth with every `bbox_pt` where it lies on the scan; `source` names another file's page."""
    if isinstance(value, list):
        return [_moved(v, moves, file) for v in value]
    if not isinstance(value, dict):
        return value
    file = value.get("source") or value.get("file") or file
    done = {k: _moved(v, moves, file) for k, v in value.items()}
    if "bbox_pt" in value and "page" in value and file in moves:
        done["bbox_pt"] = list(moves[file][value["page"] - 1].box(tuple(value["bbox_pt"])))
    return done


def rescan(pack: Path, out: Path, profile: str, seed: int) -> None:
    """One pack through one profile. pack and out: folders with `files/` and `truth.json`."""
    truth = json.loads((pack / "truth.json").read_text("utf-8"))
    files = out / "files"
    files.mkdir(parents=True, exist_ok=True)
    moves: dict[str, tuple[Move, ...]] = {}
    for fact in truth["files"]:
        source, target = pack / "files" / fact["file"], files / fact["file"]
        if not fact["file"].endswith(".pdf") or fact.get("damage"):
            shutil.copyfile(source, target)
            continue
        data, moves[fact["file"]] = scan_with_moves(source.read_bytes(), profile, f"{seed}/{fact['file']}")
        target.write_bytes(data)
        fact["scan"] = profile
    truth["scan"] = profile
    text = json.dumps(_moved(truth, moves, ""), ensure_ascii=False, indent=1)
    (out / "truth.json").write_text(text, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--profiles", default="clean,office,poor,shaded")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for path in sorted(args.packs.glob("*/truth.json")):
        if json.loads(path.read_text("utf-8"))["scan"] != "digital":
            continue
        for profile in args.profiles.split(","):
            name = f"{path.parent.name}-{profile}-{args.seed}"
            rescan(path.parent, args.out / name, profile, args.seed)
            print(name)


if __name__ == "__main__":
    main()
